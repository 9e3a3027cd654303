package io.quantumtrader.compose.up;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import java.util.List;

/**
 * What a pipeline is for that a command starts for one trade of its own: nothing but its symbol is
 * opened there, and what is opened is closed before it ends.
 *
 * @param symbol of the trade
 */
record OneTrade(String symbol) {

  /**
   * Returns the default policy of its new topics. What the kill score makes smaller than the
   * exchange takes is raised to that: the trade is the point.
   *
   * @param nowMs when, epoch milliseconds UTC
   */
  Policy policy(long nowMs) {
    PolicyChange change = PolicyChange.of(List.of("allowedSymbols=" + symbol, "allowUpsize=true"));
    return Policy.newBuilder(change.on(Policies.initial(nowMs)).policy())
        .setNote("For one trade: only " + symbol + " may be opened.")
        .build();
  }
}
