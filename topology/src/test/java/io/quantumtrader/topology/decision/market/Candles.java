package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Candles to test with. */
public final class Candles {

  public static final String SYMBOL = "BTCUSDT";
  public static final long MINUTE = 60_000;

  /** A full hour, epoch ms. */
  public static final long START = 1_763_550_000_000L;

  private Candles() {}

  /** Returns the open time of the n-th minute. */
  public static long at(long n) {
    return START + n * MINUTE;
  }

  /** A candle of the n-th minute around 100: high 101, low 99, volume 2. */
  public static Candle.Builder candle(long n) {
    return Candle.newBuilder()
        .setSymbol(SYMBOL)
        .setOpenTimeMs(at(n))
        .setIntervalMs(MINUTE)
        .setOpen(dec("100"))
        .setHigh(dec("101"))
        .setLow(dec("99"))
        .setClose(dec("100"))
        .setVolume(dec("2"));
  }

  /** A candle of the n-th minute that closes, and stays within 1, of this price. */
  public static Candle.Builder candle(long n, String close) {
    return candle(n)
        .setClose(dec(close))
        .setHigh(dec(close).add(BigDecimal.ONE))
        .setLow(dec(close).subtract(BigDecimal.ONE));
  }

  public static BigDecimal dec(String value) {
    return new BigDecimal(value).setScale(18, RoundingMode.UNNECESSARY);
  }
}
