package io.quantumtrader.execution;

import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;

/** One-minute candles to test with. */
public final class Candles {

  public static final long INTERVAL_MS = 60_000;

  private Candles() {}

  /** Returns a candle whose four prices are the same. */
  public static Candle flat(String symbol, long openTimeMs, String price) {
    return prices(symbol, openTimeMs, price, price, price, price);
  }

  public static Candle prices(
      String symbol, long openTimeMs, String open, String high, String low, String close) {
    return Candle.newBuilder()
        .setSymbol(symbol)
        .setOpenTimeMs(openTimeMs)
        .setIntervalMs(INTERVAL_MS)
        .setOpen(new BigDecimal(open))
        .setHigh(new BigDecimal(high))
        .setLow(new BigDecimal(low))
        .setClose(new BigDecimal(close))
        .setVolume(BigDecimal.ONE)
        .build();
  }
}
