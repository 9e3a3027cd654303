package io.quantumtrader.market;

import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;

/** A row of a candle file, and where it stands; the interval is known only when all rows are. */
record CandleRow(
    long openTimeMs,
    String symbol,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    CandleSource source,
    long line) {

  static CandleRow of(Candle candle, CandleSource source, long line) {
    return new CandleRow(
        candle.getOpenTimeMs(),
        candle.getSymbol(),
        candle.getOpen(),
        candle.getHigh(),
        candle.getLow(),
        candle.getClose(),
        candle.getVolume(),
        source,
        line);
  }

  Candle toCandle(long intervalMs) {
    return new Candle(symbol, openTimeMs, intervalMs, open, high, low, close, volume);
  }

  /** Returns whether two rows of one symbol and open time say the same. */
  boolean agreesWith(CandleRow other) {
    return open.compareTo(other.open) == 0
        && high.compareTo(other.high) == 0
        && low.compareTo(other.low) == 0
        && close.compareTo(other.close) == 0
        && volume.compareTo(other.volume) == 0;
  }
}
