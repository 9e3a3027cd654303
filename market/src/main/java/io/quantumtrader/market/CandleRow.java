package io.quantumtrader.market;

import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.util.Comparator;

/** A row of a candle file; the interval is known only when all rows are. */
record CandleRow(
    long openTimeMs,
    String symbol,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume) {

  /** The order a replay needs. */
  static final Comparator<CandleRow> ORDER =
      Comparator.comparingLong(CandleRow::openTimeMs).thenComparing(CandleRow::symbol);

  Candle toCandle(long intervalMs) {
    return new Candle(symbol, openTimeMs, intervalMs, open, high, low, close, volume);
  }
}
