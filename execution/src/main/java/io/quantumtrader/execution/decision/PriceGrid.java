package io.quantumtrader.execution.decision;

import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Tick and step of an instrument, and prices on the tick. */
public final class PriceGrid {

  private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);

  private PriceGrid() {}

  /** Returns how many decimals a price has without trailing zeros, 0 or more. */
  public static int decimals(BigDecimal price) {
    return Math.max(0, price.stripTrailingZeros().scale());
  }

  /** Returns the tick of prices with at most this many decimals. */
  public static BigDecimal tick(int decimals) {
    return BigDecimal.ONE.movePointLeft(decimals);
  }

  /** Returns the largest power of ten of which one step is worth at most 1 at this price. */
  public static BigDecimal step(BigDecimal price) {
    int exponent = price.scale() - price.precision();
    BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(exponent);
    BigDecimal next = step.scaleByPowerOfTen(1);
    BigDecimal largest = next.multiply(price).compareTo(BigDecimal.ONE) <= 0 ? next : step;
    return new BigDecimal(largest.toPlainString());
  }

  /**
   * Returns the price a taker gets: moved against him by the slippage, then to the next tick
   * against him, but never to zero.
   *
   * @param last last price, above 0
   * @param slippageBps basis points, 0 or more
   * @param tick above 0
   */
  public static BigDecimal taken(
      BigDecimal last, OrderSide side, BigDecimal slippageBps, BigDecimal tick) {
    boolean buys = side == OrderSide.BUY;
    BigDecimal factor = buys ? BASIS_POINTS.add(slippageBps) : BASIS_POINTS.subtract(slippageBps);
    BigDecimal price = last.multiply(factor).divide(BASIS_POINTS);
    return Decimals.toMultiple(price, tick, buys ? RoundingMode.CEILING : RoundingMode.FLOOR)
        .max(tick);
  }

  /**
   * Returns the trigger of a protective order on the tick: moved towards the price it is reached
   * from, so that a stop never risks more and a target never waits longer than was planned.
   *
   * @param below whether the trigger lies below the price
   */
  public static BigDecimal trigger(BigDecimal price, BigDecimal tick, boolean below) {
    return Decimals.toMultiple(price, tick, below ? RoundingMode.CEILING : RoundingMode.FLOOR)
        .max(tick);
  }
}
