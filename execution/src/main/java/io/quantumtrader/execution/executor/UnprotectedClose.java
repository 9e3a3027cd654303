package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.OrderFilters;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;

/** The order that closes a position which has no stop. */
final class UnprotectedClose {

  private UnprotectedClose() {}

  /** Returns the side of an order that closes a position. */
  static OrderSide side(ExchangePosition position) {
    return position.getSide() == PositionSide.LONG ? OrderSide.SELL : OrderSide.BUY;
  }

  /**
   * Returns the order; of what is too large for one order it closes a part.
   *
   * @param quantity what is to be closed, base units, above 0
   * @param openedBy last fill of the position, or the plan that opened it
   * @param nowMs the clock, epoch milliseconds UTC
   */
  static MarketOrder order(
      Exchange exchange,
      String account,
      String symbol,
      OrderSide side,
      BigDecimal quantity,
      String openedBy,
      long nowMs) {
    return new MarketOrder(
        account,
        symbol,
        side,
        OrderFilters.firstPart(quantity, exchange.instrument(symbol)),
        true,
        ClientOrderIds.unprotected(account, symbol, openedBy, nowMs),
        nowMs);
  }
}
