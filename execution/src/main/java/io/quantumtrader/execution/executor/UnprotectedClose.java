package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.OrderFilters;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes a position which has no stop. Of what is too large for one order the next part is sent as
 * soon as the one before it is executed: the market does not wait for the next look.
 */
final class UnprotectedClose {

  /** A position of more orders is closed further at the next look. */
  private static final int MOST_PARTS = 20;

  /**
   * An order, and what came of it.
   *
   * @param order as it was sent
   * @param outcome what the exchange said of it
   */
  record Sent(MarketOrder order, OrderOutcome outcome) {

    private boolean isExecuted() {
      return outcome instanceof Accepted accepted
          && accepted.executed().compareTo(order.quantity()) >= 0;
    }
  }

  private UnprotectedClose() {}

  /** Returns the side of an order that closes a position. */
  static OrderSide side(ExchangePosition position) {
    return position.getSide() == PositionSide.LONG ? OrderSide.SELL : OrderSide.BUY;
  }

  /**
   * Closes it.
   *
   * @param quantity what is to be closed, base units, above 0
   * @param openedBy last fill of the position, or the plan that opened it
   * @param nowMs the clock, epoch milliseconds UTC
   * @return the orders, one or more; all but the last one are executed
   */
  static List<Sent> send(
      Exchange exchange,
      String account,
      String symbol,
      OrderSide side,
      BigDecimal quantity,
      String openedBy,
      long nowMs) {
    List<Sent> sent = new ArrayList<>();
    BigDecimal left = quantity;
    while (left.signum() > 0 && sent.size() < MOST_PARTS) {
      BigDecimal part = OrderFilters.firstPart(left, exchange.instrument(symbol));
      String id = ClientOrderIds.unprotected(account, symbol, part(openedBy, sent.size()), nowMs);
      MarketOrder order = new MarketOrder(account, symbol, side, part, true, id, nowMs);
      sent.add(new Sent(order, exchange.execute(order)));
      if (!sent.getLast().isExecuted()) {
        break;
      }
      left = left.subtract(part);
    }
    return sent;
  }

  /** Each part has an order id of its own. */
  private static String part(String openedBy, int number) {
    return number == 0 ? openedBy : openedBy + "#" + number;
  }
}
