package io.quantumtrader.execution.exchange;

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
 */
public record ProtectiveOrder(
    String account,
    String symbol,
    OrderSide side,
    Kind kind,
    BigDecimal triggerPrice,
    String clientOrderId,
    long atMs) {

  /** What the order protects. */
  public enum Kind {
    /** Limits the loss: triggers when the price moves against the position. */
    STOP,
    /** Takes the profit: triggers when the price moves with the position. */
    TARGET
  }

  public ProtectiveOrder {
    if (side != OrderSide.BUY && side != OrderSide.SELL) {
      throw new IllegalArgumentException("side must be BUY or SELL: " + side);
    }
  }
}
