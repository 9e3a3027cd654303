package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.topology.decision.Policies;
import io.quantumtrader.topology.decision.Sides;
import java.util.List;
import java.util.Optional;

/**
 * What the bridge looked at for one intent.
 *
 * @param policy policy that holds
 * @param tradingState trading state that holds
 * @param locks operators' locks of symbols, of any symbol
 * @param instrument the exchange's filters for the symbol
 * @param top the list of what may be opened
 * @param state market state of the symbol
 * @param ledger ledger row of the account in the symbol, open or flat
 * @param hold what ledger and exchange disagree about in the symbol, where they do
 * @param entryInFlight whether an entry in the symbol was granted and is not finished
 */
public record BridgeView(
    Policies.InForce policy,
    TradingState tradingState,
    List<SymbolLock> locks,
    Optional<Instrument> instrument,
    Optional<Universe> top,
    Optional<MarketState> state,
    Optional<PositionLedger> ledger,
    Optional<PositionHold> hold,
    boolean entryInFlight) {

  /** Returns the row where something is open. */
  Optional<PositionLedger> open() {
    return ledger.filter(Sides::isOpen);
  }
}
