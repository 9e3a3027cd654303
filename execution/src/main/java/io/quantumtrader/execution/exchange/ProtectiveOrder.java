package io.quantumtrader.execution.exchange;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;

/**
 * An order that rests on the exchange and closes what is then open when the price reaches its
 * trigger. It only ever reduces.
 *
 * @param account account it is for
 * @param symbol instrument
 * @param side BUY protects a short position, SELL a long one
 * @param kind stop or target
 * @param triggerPrice quote currency, above 0, a multiple of the tick
 * @param clientOrderId our id of it, 1 to 36 characters
 * @param atMs when it is sent on the clock, epoch milliseconds UTC
 * @param trigger what the close is reported to come from once it is executed: STOP_HIT for the
 *     first stop of a position, PROFIT_LOCK or TRAILING_STOP for one that was moved there,
 *     TARGET_HIT for a target
 */
public record ProtectiveOrder(
    String account,
    String symbol,
    OrderSide side,
    Kind kind,
    BigDecimal triggerPrice,
    String clientOrderId,
    long atMs,
    ExitTrigger trigger) {

  /** What the order protects. */
  public enum Kind {
    /** Limits the loss: triggers when the price moves against the position. */
    STOP,
    /** Takes the profit: triggers when the price moves with the position. */
    TARGET;

    /** Returns what the close by the first order of this kind is reported to come from. */
    public ExitTrigger first() {
      return this == STOP ? ExitTrigger.STOP_HIT : ExitTrigger.TARGET_HIT;
    }
  }

  public ProtectiveOrder {
    if (side != OrderSide.BUY && side != OrderSide.SELL) {
      throw new IllegalArgumentException("side must be BUY or SELL: " + side);
    }
  }

  /** Makes the first order of its kind for a position. */
  public ProtectiveOrder(
      String account,
      String symbol,
      OrderSide side,
      Kind kind,
      BigDecimal triggerPrice,
      String clientOrderId,
      long atMs) {
    this(account, symbol, side, kind, triggerPrice, clientOrderId, atMs, kind.first());
  }

  /** Returns whether the trigger is reached by a price that falls; else by one that rises. */
  public boolean isBelow() {
    return (side == OrderSide.SELL) == (kind == Kind.STOP);
  }

  /** Returns whether a price, quote currency, is at the trigger or beyond it. */
  public boolean isReachedBy(BigDecimal price) {
    int distance = price.compareTo(triggerPrice);
    return isBelow() ? distance <= 0 : distance >= 0;
  }
}
