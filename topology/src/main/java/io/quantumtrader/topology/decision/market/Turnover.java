package io.quantumtrader.topology.decision.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.LongFunction;

/**
 * Notional traded in the last 24 hours, as a sum over minutes: what falls out of the window is
 * taken off, what comes is added, exactly, so that the sum never drifts from its parts.
 *
 * @param minute minute of the last candle's open time, counted from the epoch; -1 before the first
 * @param inMinute notional of that minute, quote currency
 * @param inDay notional of the {@link #WINDOW} minutes up to it, quote currency
 */
public record Turnover(long minute, BigDecimal inMinute, BigDecimal inDay) {

  /** Minutes in the window. */
  public static final int WINDOW = 1440;

  /**
   * Minutes to keep: a replaced candle brings back the window before it, which may have begun as
   * much as a whole window earlier.
   */
  public static final int KEPT = 2 * WINDOW;

  /** A candle with a notional from here on is nonsense, and its sums would not fit a decimal. */
  static final BigDecimal LIMIT = BigDecimal.TEN.pow(16);

  /** Digits after the point that are kept of a candle's notional. */
  private static final int SCALE = 8;

  private static final long MINUTE_MS = 60_000;

  /** No candle yet. */
  public static final Turnover NONE = new Turnover(-1, BigDecimal.ZERO, BigDecimal.ZERO);

  /** Returns the minute that a time, epoch ms, lies in. */
  public static long minuteOf(long timeMs) {
    return Math.floorDiv(timeMs, MINUTE_MS);
  }

  /** Returns price times volume, quote currency, rounded half to even to 8 digits. */
  static BigDecimal notional(BigDecimal price, BigDecimal volume) {
    return price.multiply(volume).setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  /** Returns the minutes that leave the window when it moves on to a later minute. */
  MinuteRange leavingBy(long at) {
    return minute < 0 || at <= minute
        ? MinuteRange.NONE
        : new MinuteRange(minute - WINDOW + 1, Math.min(at - WINDOW, minute));
  }

  /**
   * Returns the turnover with one more candle.
   *
   * @param at minute of its open time, not before the last one's
   * @param notional what was traded in it, quote currency
   * @param minutes notional of a minute within the window before; zero where nothing was traded
   */
  Turnover with(long at, BigDecimal notional, LongFunction<BigDecimal> minutes) {
    if (at == minute) {
      return new Turnover(minute, inMinute.add(notional), inDay.add(notional));
    }
    return new Turnover(at, notional, remaining(at, minutes).add(notional));
  }

  private BigDecimal remaining(long at, LongFunction<BigDecimal> minutes) {
    if (minute < 0 || at - minute >= WINDOW) {
      return BigDecimal.ZERO;
    }
    BigDecimal sum = inDay;
    for (long leaving = minute - WINDOW + 1; leaving <= at - WINDOW; leaving++) {
      sum = sum.subtract(minutes.apply(leaving));
    }
    return sum;
  }
}
