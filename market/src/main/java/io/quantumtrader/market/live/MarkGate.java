package io.quantumtrader.market.live;

import io.quantumtrader.binance.MarkPrice;
import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which mark prices go on: each symbol's in order of time, and only where it changed on the tick or
 * about 5 s have passed. Streams bring the prices of all symbols each second; most say nothing new.
 */
final class MarkGate {

  /**
   * A price that stays the same goes on each so often, milliseconds, and so is never stale; a
   * little less than the distance of two answers, so that each of these goes on.
   */
  static final long AT_LEAST_EACH_MS = 4_500;

  /** What is further ahead of the exchange's clock is a mistake, milliseconds. */
  private static final long MOST_AHEAD_MS = 5_000;

  /** The one that went on last. */
  private record Last(long atMs, BigDecimal price) {}

  /** The newest one, whether it went on or not: its own time, and when it came. */
  private record Seen(long atMs, long cameMs) {}

  private final Map<String, Last> last = new HashMap<>();
  private final Map<String, Seen> newest = new HashMap<>();

  /**
   * Takes a mark.
   *
   * @param tick price step of the symbol, above 0: a mark has more decimals than any order
   * @param exchangeMs the exchange's time, epoch milliseconds UTC
   * @return the price of a moment, a candle of a millisecond without volume; empty where it is old,
   *     of a time to come, or says nothing new
   */
  Optional<Candle> pass(MarkPrice mark, BigDecimal tick, long exchangeMs) {
    Seen seen = newest.get(mark.symbol());
    boolean isOld = seen != null && mark.atMs() <= seen.atMs();
    if (isOld || mark.atMs() > exchangeMs + MOST_AHEAD_MS) {
      return Optional.empty();
    }
    newest.put(mark.symbol(), new Seen(mark.atMs(), exchangeMs));
    Last before = last.get(mark.symbol());
    BigDecimal price =
        mark.price().divide(tick, 0, RoundingMode.HALF_EVEN).multiply(tick).max(tick);
    boolean same =
        before != null
            && before.price().compareTo(price) == 0
            && mark.atMs() - before.atMs() < AT_LEAST_EACH_MS;
    if (same) {
      return Optional.empty();
    }
    last.put(mark.symbol(), new Last(mark.atMs(), price));
    return Optional.of(
        new Candle(mark.symbol(), mark.atMs(), 1L, price, price, price, price, BigDecimal.ZERO));
  }

  /** Returns whether a symbol's mark has come within a time, milliseconds. */
  boolean hasWithin(String symbol, long withinMs, long exchangeMs) {
    Seen seen = newest.get(symbol);
    return seen != null && exchangeMs - seen.cameMs() <= withinMs;
  }
}
