package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a proposal is made from.
 *
 * @param position the open position, with what the candle added to its prices
 * @param snapshot its value at the price
 * @param state market state after the candle; none during a warm-up
 * @param policy the policy of the position's account
 * @param tick price step of the instrument, quote currency; none where it is not known
 */
public record HarvestView(
    OpenPosition position,
    PositionSnapshot snapshot,
    Optional<MarketState> state,
    Policy policy,
    Optional<BigDecimal> tick) {

  /** Returns the ledger row of the position. */
  PositionLedger row() {
    return position.getLedger();
  }

  /** Returns the price it is valued at, quote currency. */
  BigDecimal mark() {
    return snapshot.getMarkPrice();
  }
}
