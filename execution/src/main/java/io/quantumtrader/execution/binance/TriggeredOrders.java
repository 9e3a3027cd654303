package io.quantumtrader.execution.binance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which orders the conditional orders of one account became, as the user stream tells: the order
 * may have another id than the stop or target that it came from. The last thousand are kept.
 */
final class TriggeredOrders {

  private static final Logger LOG = LoggerFactory.getLogger(TriggeredOrders.class);
  private static final int KEPT = 1_000;

  private final String account;
  private final Map<Long, String> ours = new LinkedHashMap<>();

  TriggeredOrders(String account) {
    this.account = account;
  }

  /** Takes what became of a conditional order; says so where it was rejected. */
  void take(UserEvent.Conditional order) {
    if (order.actualOrderId() > 0 && WireIds.protective(order.clientAlgoId()).isPresent()) {
      ours.put(order.actualOrderId(), order.clientAlgoId());
      if (ours.size() > KEPT) {
        ours.remove(ours.keySet().iterator().next());
      }
    }
    if (order.status().equals("REJECTED")) {
      LOG.warn(
          "{}: {} in {} was rejected: {}",
          account,
          order.clientAlgoId(),
          order.symbol(),
          order.reason());
    }
  }

  /** Returns whether an order is known to be one of our stops or targets. */
  boolean isOurs(long orderId) {
    return ours.containsKey(orderId);
  }

  /** Returns what an order is: a stop or target of ours where it became of one, else as said. */
  OrderFacts facts(long orderId, OrderFacts said) {
    boolean named = WireIds.protective(said.clientOrderId()).isPresent();
    return !isOurs(orderId) || named
        ? said
        : new OrderFacts(ours.get(orderId), true, said.byInsurance());
  }
}
