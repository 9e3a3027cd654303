package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.entry.SizedEntry;
import java.util.List;

/**
 * An intent that passed the bridge as an entry, on its way to the governor and the portfolio gate,
 * with the rows that the bridge saw, so that the stages after it decide on the same.
 *
 * @param intent as it was sent
 * @param side side of the order
 * @param planId id that its plan has if there is one
 * @param cause what decisions about it name
 * @param policy policy that holds
 * @param instrument the exchange's filters for the symbol
 * @param state market state of the symbol
 * @param lookups table rows that were looked at
 */
record EntryCase(
    TradeIntent intent,
    OrderSide side,
    String planId,
    Cause cause,
    Policy policy,
    Instrument instrument,
    MarketState state,
    List<Lookup> lookups) {

  Basis basis() {
    return Basis.of(policy, lookups);
  }

  /** An entry that the governor has sized. */
  record Sized(EntryCase entry, SizedEntry size) {}
}
