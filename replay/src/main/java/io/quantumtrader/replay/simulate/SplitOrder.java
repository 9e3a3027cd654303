package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.schemas.avro.Fill;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** An order that is filled in two parts, or whose second part is never filled. */
final class SplitOrder {

  private static final String REST = "-r";

  private final MarketOrder order;
  private final BigDecimal rest;
  private final long restAtMs;
  private final List<Fill> fills = new ArrayList<>();
  private State state;
  private String orderId = "";

  /**
   * Creates it.
   *
   * @param restAtMs when the second part is filled, epoch ms; {@link Long#MIN_VALUE} for never
   */
  private SplitOrder(MarketOrder order, BigDecimal rest, long restAtMs) {
    this.order = order;
    this.rest = rest;
    this.restAtMs = restAtMs;
    this.state = restAtMs == Long.MIN_VALUE ? State.EXPIRED : State.OPEN;
  }

  /**
   * Executes the first part.
   *
   * @param first how much of it, base units, above 0 and below the whole
   * @return what is left of it, or what the exchange refused it with
   */
  static Placed place(PaperExchange paper, MarketOrder order, BigDecimal first, long restAtMs) {
    SplitOrder split = new SplitOrder(order, order.quantity().subtract(first), restAtMs);
    OrderOutcome outcome = paper.execute(part(order, first, order.clientOrderId(), order.atMs()));
    if (outcome instanceof Accepted accepted) {
      split.orderId = accepted.orderId();
      split.fills.addAll(accepted.fills());
      return new Placed(split, split.outcome());
    }
    return new Placed(null, outcome);
  }

  /**
   * An order as it was placed.
   *
   * @param split null where it was refused
   * @param outcome what the exchange says of it
   */
  record Placed(SplitOrder split, OrderOutcome outcome) {}

  private static MarketOrder part(MarketOrder of, BigDecimal quantity, String id, long atMs) {
    return new MarketOrder(
        of.account(), of.symbol(), of.side(), quantity, of.reduceOnly(), id, atMs);
  }

  /** Fills the second part when its time has come; what cannot be filled expires. */
  void advance(PaperExchange paper, long nowMs) {
    if (state != State.OPEN || nowMs < restAtMs) {
      return;
    }
    OrderOutcome outcome = paper.execute(part(order, rest, order.clientOrderId() + REST, nowMs));
    boolean whole = false;
    if (outcome instanceof Accepted accepted) {
      fills.addAll(accepted.fills());
      whole = accepted.filledQuantity().compareTo(rest) == 0;
    }
    state = whole ? State.FILLED : State.EXPIRED;
  }

  /** Returns what the exchange says of it now. */
  Accepted outcome() {
    return new Accepted(orderId, state, fills);
  }
}
