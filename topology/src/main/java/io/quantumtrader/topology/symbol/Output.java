package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import java.util.Optional;

/** What the symbol room publishes. */
sealed interface Output {

  /** A market state, keyed by symbol. */
  record State(MarketState value) implements Output {}

  /** A valued position, keyed account:symbol; empty: it is flat. */
  record Valued(Optional<PositionSnapshot> value) implements Output {}

  /** A proposal for a position, keyed account:symbol; empty: it is flat. */
  record Proposed(Optional<HarvestProposal> value) implements Output {}

  /** An entry of the decision log, keyed by account. */
  record Decided(Decision value) implements Output {}
}
