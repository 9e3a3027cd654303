package io.quantumtrader.binance;

import java.net.URI;

/**
 * Where the next connection of a stream goes; asked before each attempt, on the stream's thread.
 */
@FunctionalInterface
public interface StreamAddress {

  /**
   * Returns a ws or wss address. A failure counts as an attempt to connect that failed.
   *
   * @throws InterruptedException where the stream is closed meanwhile
   */
  URI next() throws InterruptedException;
}
