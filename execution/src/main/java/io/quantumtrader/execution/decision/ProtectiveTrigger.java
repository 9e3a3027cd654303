package io.quantumtrader.execution.decision;

import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.schemas.avro.Candle;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Whether a candle sets off a protective order. The answer depends on the order and the candle
 * alone, so that a candle that is seen twice is answered the same way twice.
 */
public final class ProtectiveTrigger {

  private ProtectiveTrigger() {}

  /**
   * Returns the price from which the order is executed, quote currency, before slippage, or empty
   * where the candle does not reach its trigger.
   *
   * <p>Of a candle that opened at or after the order was placed, high and low count, and the order
   * is executed at its trigger, or at the open where that lies beyond the trigger. Of one that was
   * under way, only the close counts, since its high and low may lie before the order. One that
   * closed before the order or with it says nothing.
   */
  public static Optional<BigDecimal> price(ProtectiveOrder order, Candle candle) {
    if (candle.getOpenTimeMs() + candle.getIntervalMs() <= order.atMs()) {
      return Optional.empty();
    }
    if (isAtOpen(order, candle)) {
      return Optional.of(candle.getOpen());
    }
    boolean whole = isWhole(order, candle);
    BigDecimal extreme = order.isBelow() ? candle.getLow() : candle.getHigh();
    return order.isReachedBy(whole ? extreme : candle.getClose())
        ? Optional.of(order.triggerPrice())
        : Optional.empty();
  }

  /**
   * Returns whether the market opened at the trigger or beyond it: the price jumped there since the
   * last candle or mark, whether one is missing between them or not. Then the order, which is a
   * market order once it is set off, is executed at the open: a stop worse than its trigger, a
   * target better.
   */
  public static boolean isAtOpen(ProtectiveOrder order, Candle candle) {
    return isWhole(order, candle) && order.isReachedBy(candle.getOpen());
  }

  private static boolean isWhole(ProtectiveOrder order, Candle candle) {
    return candle.getOpenTimeMs() >= order.atMs();
  }
}
