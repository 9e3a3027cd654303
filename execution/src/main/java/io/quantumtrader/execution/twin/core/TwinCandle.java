package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * A candle.
 *
 * @param openMs epoch milliseconds UTC, a whole minute
 * @param volume base units, 0 or more
 * @param quoteVolume quote currency, 0 or more
 * @param trades how many price changes it has seen
 */
public record TwinCandle(
    long openMs,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    BigDecimal quoteVolume,
    long trades) {

  /** How long a candle is, milliseconds. */
  public static final long MINUTE_MS = 60_000;

  /** Returns one without a trade. */
  public static TwinCandle flat(long openMs, BigDecimal price) {
    BigDecimal zero = BigDecimal.ZERO;
    return new TwinCandle(openMs, price, price, price, price, zero, zero, 0);
  }

  /** Returns it with one more price. */
  public TwinCandle with(BigDecimal price, BigDecimal traded) {
    return new TwinCandle(
        openMs,
        open,
        high.max(price),
        low.min(price),
        price,
        volume.add(traded),
        quoteVolume.add(traded.multiply(price)),
        trades + 1);
  }

  /** Returns it as one that began at another time. */
  TwinCandle at(long otherMs) {
    return new TwinCandle(otherMs, open, high, low, close, volume, quoteVolume, trades);
  }

  /** Returns it together with the one that follows. */
  public TwinCandle then(TwinCandle next) {
    return new TwinCandle(
        openMs,
        open,
        high.max(next.high),
        low.min(next.low),
        next.close,
        volume.add(next.volume),
        quoteVolume.add(next.quoteVolume),
        trades + next.trades);
  }
}
