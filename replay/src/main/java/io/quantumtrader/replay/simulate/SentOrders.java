package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder;

/** Hears of each order that an exchange is asked to take, before it does anything with it. */
interface SentOrders {

  /** Takes an order that is to be executed. */
  void sent(MarketOrder order);

  /** Takes an order that is to rest. */
  void sent(ProtectiveOrder order);
}
