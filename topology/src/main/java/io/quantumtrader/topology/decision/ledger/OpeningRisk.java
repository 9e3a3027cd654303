package io.quantumtrader.topology.decision.ledger;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PlannedRisk;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.topology.decision.Regimes;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Where the risk data of a position come from: the plan that opened it, else the ATR of the market
 * state, else the policy's fallback. None is without.
 *
 * @param planned what the plan knew, where there was one
 * @param state market state of the symbol
 * @param policy policy that holds
 */
public record OpeningRisk(
    Optional<PlannedRisk> planned, Optional<MarketState> state, Policy policy) {

  /** Returns the risk data of a position that is opened at this price. */
  Risk risk(PositionSide side, BigDecimal entryPrice) {
    return planned.map(PlannedRisk::getRisk).orElseGet(() -> adopted().risk(side, entryPrice));
  }

  /** Returns the regime that the position is opened in, where it is known. */
  Optional<String> regime() {
    return planned.isPresent() ? planned.map(PlannedRisk::getRegime) : state.map(Regimes::of);
  }

  private AdoptedRisk adopted() {
    return new AdoptedRisk(Optional.empty(), state, policy);
  }
}
