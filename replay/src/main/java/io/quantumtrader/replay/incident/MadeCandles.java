package io.quantumtrader.replay.incident;

import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Candles of one symbol that follow a script. The same seed gives the same candles. */
final class MadeCandles {

  /** 2025-06-01T00:00:00Z, when the first candle opens. */
  static final long BEGIN_MS = 1_748_736_000_000L;

  static final long MINUTE = 60_000;

  private static final int SCALE = 18;
  private static final int DIGITS = 6;
  private static final BigDecimal VOLUME = new BigDecimal("1000").setScale(SCALE);

  /**
   * Part of a script.
   *
   * @param minutes how long it lasts
   * @param drift how far the logarithm of the price goes in a minute
   * @param sigma standard deviation of that
   */
  record Leg(int minutes, double drift, double sigma) {}

  private MadeCandles() {}

  /** Returns when a minute of the script ends, epoch milliseconds UTC. */
  static long endOf(int minute) {
    return BEGIN_MS + minute * MINUTE;
  }

  /** Returns the candles, one a minute from the beginning on. */
  static List<Candle> of(String symbol, double price, long seed, List<Leg> script) {
    Random random = new Random(seed);
    List<Candle> candles = new ArrayList<>();
    int decimals = decimals(price);
    double log = StrictMath.log(price);
    BigDecimal before = rounded(price, decimals);
    for (Leg leg : script) {
      for (int i = 0; i < leg.minutes(); i++) {
        log += leg.drift() + leg.sigma() * Math.clamp(random.nextGaussian(), -3, 3);
        BigDecimal close = rounded(StrictMath.exp(log), decimals);
        candles.add(candle(symbol, endOf(candles.size()), before, close));
        before = close;
      }
    }
    return candles;
  }

  /**
   * Returns the candles of several symbols, one after the other, each with a seed of its own.
   *
   * @param script gives the script of a symbol by its place in the list
   */
  static List<Candle> ofEach(List<String> symbols, IntFunction<List<Leg>> script) {
    List<Candle> candles = new ArrayList<>();
    for (int i = 0; i < symbols.size(); i++) {
      candles.addAll(of(symbols.get(i), MadeSymbols.price(i), i, script.apply(i)));
    }
    return candles;
  }

  private static Candle candle(String symbol, long openMs, BigDecimal open, BigDecimal close) {
    return new Candle(
        symbol, openMs, MINUTE, open, open.max(close), open.min(close), close, VOLUME);
  }

  /** Six digits, as an exchange shows them. */
  private static int decimals(double price) {
    int whole = (int) Math.floor(StrictMath.log10(price)) + 1;
    return Math.max(1, DIGITS - whole);
  }

  private static BigDecimal rounded(double price, int decimals) {
    return BigDecimal.valueOf(price).setScale(decimals, RoundingMode.HALF_EVEN).setScale(SCALE);
  }
}
