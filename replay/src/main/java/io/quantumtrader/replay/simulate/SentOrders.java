package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.exchange.MarketOrder;

/** Hears of each order that an exchange is asked to execute, before it does. */
@FunctionalInterface
interface SentOrders {

  /** Takes an order. */
  void sent(MarketOrder order);
}
