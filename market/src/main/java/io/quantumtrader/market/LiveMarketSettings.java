package io.quantumtrader.market;

/**
 * How a generated market runs in wall time.
 *
 * @param intervalMs wall time between two candles of a symbol, milliseconds, 10 or more
 * @param nominalIntervalMs interval that the candles say they have, milliseconds above 0
 * @param historyCandles candles of each symbol that are there at the start, 0 or more
 */
public record LiveMarketSettings(long intervalMs, long nominalIntervalMs, int historyCandles) {

  /** One candle a second that says it is one of a minute; enough history to be warm at once. */
  public static final LiveMarketSettings DEFAULT = new LiveMarketSettings(1_000, 60_000, 300);

  public LiveMarketSettings {
    if (intervalMs < 10 || nominalIntervalMs <= 0 || historyCandles < 0) {
      throw new IllegalArgumentException(
          "interval must be 10 ms or more, the nominal interval above 0, history 0 or more");
    }
  }

  /** Returns the default with another wall time between candles. */
  public static LiveMarketSettings every(long intervalMs) {
    return new LiveMarketSettings(
        intervalMs, DEFAULT.nominalIntervalMs(), DEFAULT.historyCandles());
  }
}
