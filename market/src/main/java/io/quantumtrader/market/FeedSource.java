package io.quantumtrader.market;

/** What a feed plays: a file, or a market without an end. */
public interface FeedSource {

  /**
   * Plays until the end or until a stop is requested.
   *
   * @return true where everything was played
   */
  boolean play(FeedRun run) throws InterruptedException;
}
