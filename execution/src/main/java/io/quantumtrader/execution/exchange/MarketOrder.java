package io.quantumtrader.execution.exchange;

import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;

/**
 * An order to be executed at once at the price there is.
 *
 * @param account account it is for
 * @param symbol instrument
 * @param side BUY or SELL
 * @param quantity base units, above 0
 * @param reduceOnly whether it may only reduce a position; then it never opens, flips or exceeds it
 * @param clientOrderId our id of it, 1 to 36 characters
 * @param atMs when it is sent on the clock, epoch milliseconds UTC
 */
public record MarketOrder(
    String account,
    String symbol,
    OrderSide side,
    BigDecimal quantity,
    boolean reduceOnly,
    String clientOrderId,
    long atMs) {

  public MarketOrder {
    if (side != OrderSide.BUY && side != OrderSide.SELL) {
      throw new IllegalArgumentException("side must be BUY or SELL: " + side);
    }
    if (quantity.signum() <= 0) {
      throw new IllegalArgumentException("quantity must be above 0: " + quantity);
    }
  }
}
