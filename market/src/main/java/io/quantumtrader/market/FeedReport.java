package io.quantumtrader.market;

/**
 * How a feed ended.
 *
 * @param complete true where everything was played, false where it was stopped before
 * @param progress what was done
 */
public record FeedReport(boolean complete, FeedProgress progress) {}
