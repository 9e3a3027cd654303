package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.close.ApplyLayer;
import io.quantumtrader.topology.decision.close.CloseRest;
import java.util.List;
import java.util.Optional;

/** What the apply layer is asked for, with the rows that were seen on the way. */
sealed interface CloseCase {

  /** An intent that passed the bridge as a close. */
  record Asked(
      ApplyLayer.Ask ask,
      Cause cause,
      Policy policy,
      Optional<Instrument> instrument,
      Optional<MarketState> state,
      List<Lookup> lookups)
      implements CloseCase {

    Basis basis() {
      return Basis.of(policy, lookups);
    }
  }

  /** What is left of a close whose last part was filled. */
  record Rest(CloseRest.Ask ask) implements CloseCase {}

  /** A proposal that passed the heat gate, with its calibration. */
  record Proposed(HarvestProposal proposal, Policy policy, List<Lookup> lookups)
      implements CloseCase {}
}
