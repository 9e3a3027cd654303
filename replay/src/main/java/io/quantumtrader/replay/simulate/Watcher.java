package io.quantumtrader.replay.simulate;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;

/** Hears of records as they are written, in their order. */
interface Watcher {

  /** An intent that was sent; not one that the pipeline brought to its partition. */
  default void intent(TradeIntent intent) {}

  /** A plan that the stages made. */
  default void plan(ApplyPlan plan) {}

  /**
   * A result.
   *
   * @param rogue whether it was not the executor that wrote it
   */
  default void result(ApplyResult result, boolean rogue) {}

  /** A decision. */
  default void decision(Decision decision) {}

  /** A row of the ledger. */
  default void ledger(PositionLedger row) {}

  /** What an open position is valued at. */
  default void snapshot(PositionSnapshot snapshot) {}

  /** What the exchange has of an account. */
  default void wallet(ExchangeAccount account) {}

  /** A proposal that was calibrated. */
  default void calibrated(HarvestProposal proposal) {}

  /** A list of symbols. */
  default void universe(Universe list) {}

  /** A dead letter. */
  default void letter(LogEntry letter) {}
}
