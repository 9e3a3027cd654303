package io.quantumtrader.compose;

import java.time.Duration;

/**
 * Hears how the start of a stack goes. Called from several threads, but never by two at a time.
 * After the first failure nothing more is told.
 */
public interface Progress {
  /** A part begins to start, or the address given for it to be tried. */
  void started(StackPart part);

  /**
   * A part takes requests.
   *
   * @param address where it is: bootstrap servers, a registry URL, a Redis URI, a REST URL
   * @param took time since {@link #started}
   */
  void ready(StackPart part, String address, Duration took);

  /**
   * A part did not start; everything that did is being stopped.
   *
   * @param took time since {@link #started}
   */
  void failed(StackPart part, String reason, Duration took);

  /** Tells nobody. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void started(StackPart part) {}

      @Override
      public void ready(StackPart part, String address, Duration took) {}

      @Override
      public void failed(StackPart part, String reason, Duration took) {}
    };
  }
}
