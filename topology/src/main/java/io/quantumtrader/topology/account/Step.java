package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.close.ApplyLayer;
import io.quantumtrader.topology.decision.entry.SizedEntry;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What a stage hands on, within the same task and transaction. */
sealed interface Step {

  /** A record for a topic of the catalog. */
  record Publication(SpecificRecord value) implements Step {}

  /** A step of the clock that the room has passed: exits are decided, entries may follow. */
  record Passed(Clock clock) implements Step {}

  /**
   * An intent that passed the bridge as an entry, with the rows the bridge saw, so that the stages
   * after it decide on the same.
   */
  record Entry(
      TradeIntent intent,
      OrderSide side,
      String planId,
      Cause cause,
      Policy policy,
      Instrument instrument,
      MarketState state,
      List<Lookup> lookups)
      implements Step {

    Basis basis() {
      return Basis.of(policy, lookups);
    }
  }

  /** An entry that the governor has sized. */
  record Sized(Entry entry, SizedEntry size) implements Step {}

  /** The position of a key is gone, and what was proposed for it. */
  record Gone() implements Step {}

  /** A proposal that passed the heat gate, with its calibration. */
  record Proposed(HarvestProposal proposal, Policy policy, List<Lookup> lookups) implements Step {}

  /** An intent that passed the bridge as a close, with the rows the bridge saw. */
  record Close(
      ApplyLayer.Ask ask,
      Cause cause,
      Policy policy,
      Optional<Instrument> instrument,
      Optional<MarketState> state,
      List<Lookup> lookups)
      implements Step {

    Basis basis() {
      return Basis.of(policy, lookups);
    }
  }
}
