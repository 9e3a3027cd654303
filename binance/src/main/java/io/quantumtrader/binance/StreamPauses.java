package io.quantumtrader.binance;

import java.time.Duration;

/**
 * How long to wait before the next attempt: twice as long after each failure up to a limit, and
 * each time a random part of it off, so that many clients that lost one server do not come back at
 * one moment.
 */
final class StreamPauses {

  private static final int MOST_DOUBLINGS = 20;

  private final long firstMs;
  private final long longestMs;
  private int failures;

  StreamPauses(Duration first, Duration longest) {
    this.firstMs = first.toMillis();
    this.longestMs = longest.toMillis();
  }

  /** Begins anew: a connection has proved sound. */
  void sound() {
    failures = 0;
  }

  /**
   * Returns the pause after one more failure: half to the whole of the step.
   *
   * @param random 0 to below 1
   */
  Duration next(double random) {
    long step = Math.min(longestMs, firstMs << Math.min(failures, MOST_DOUBLINGS));
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
    return Duration.ofMillis(step / 2 + (long) (random * (step - step / 2)));
  }
}
