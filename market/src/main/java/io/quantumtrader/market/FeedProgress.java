package io.quantumtrader.market;

/**
 * How far a feed is.
 *
 * @param steps steps of the clock done, 0 or more
 * @param nowMs event time of the last one, epoch milliseconds UTC; 0 before the first
 * @param clocks clock records written
 * @param candles candles written
 * @param intents intents written
 * @param deadLetters lines that could not be read and were written as dead letters
 * @param share part of the file that was played, 0 to 1; negative where there is no end
 */
public record FeedProgress(
    long steps,
    long nowMs,
    long clocks,
    long candles,
    long intents,
    long deadLetters,
    double share) {}
