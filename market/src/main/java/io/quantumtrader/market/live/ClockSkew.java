package io.quantumtrader.market.live;

import io.quantumtrader.binance.BinanceMarketData;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far the exchange's clock is ahead of this machine's.
 *
 * @param exchangeAheadMs milliseconds; negative where this machine is ahead. It is known to half
 *     the time that the answer took
 */
public record ClockSkew(long exchangeAheadMs) {

  /** Beyond this it is warned about, milliseconds. */
  public static final long WARNED_MS = 1_000;

  /** Beyond this a feed does not start, milliseconds: the stages deny what is 5 s ahead of them. */
  public static final long REFUSED_MS = 5_000;

  /**
   * Asks for the exchange's time.
   *
   * @param wallMs this machine's clock, epoch milliseconds UTC
   * @throws io.quantumtrader.binance.MarketDataException where there is no sound answer
   */
  static ClockSkew measure(BinanceMarketData exchange, LongSupplier wallMs)
      throws InterruptedException {
    long before = wallMs.getAsLong();
    long time = exchange.timeMs();
    long after = wallMs.getAsLong();
    return new ClockSkew(time - (before + after) / 2);
  }

  /** Returns whether a feed must not start so. */
  public boolean isRefused() {
    return Math.abs(exchangeAheadMs) > REFUSED_MS;
  }

  /** Returns it in a line for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "this machine's clock is %.3f s %s the exchange's",
        Math.abs(exchangeAheadMs) / 1000.0,
        exchangeAheadMs > 0 ? "behind" : "ahead of");
  }

  /** Returns the line where it is worth a warning. */
  Optional<String> warning() {
    return Math.abs(exchangeAheadMs) > WARNED_MS ? Optional.of(line()) : Optional.empty();
  }
}
