package io.quantumtrader.agents.feature;

import io.quantumtrader.schemas.avro.Candle;

/**
 * A closed candle in doubles, as features are statistics and no money.
 *
 * @param closeTimeMs when it closed, epoch milliseconds UTC: its opening time and its interval
 * @param open first price, quote currency, above 0
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume traded volume, base units, 0 or more
 */
public record Bar(
    long closeTimeMs, double open, double high, double low, double close, double volume) {

  /** Returns a candle as one. */
  public static Bar of(Candle candle) {
    return new Bar(
        candle.getOpenTimeMs() + candle.getIntervalMs(),
        candle.getOpen().doubleValue(),
        candle.getHigh().doubleValue(),
        candle.getLow().doubleValue(),
        candle.getClose().doubleValue(),
        candle.getVolume().doubleValue());
  }

  /** Returns what was traded, quote currency. */
  double notional() {
    return close * volume;
  }
}
