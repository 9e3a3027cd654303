package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Names;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What goes from a stage to a node by its name: a record to a sink, or a case to the next stage.
 *
 * @param to name of the node, which the stage is connected to
 * @param value null: a tombstone
 * @param headers headers of the record
 */
record Emission(String to, String key, Object value, Headers headers) {

  private Emission(String to, String key, Object value) {
    this(to, key, value, new RecordHeaders());
  }

  /** Returns a case for the next stage. */
  static Emission toStage(String stage, String account, Object value) {
    return new Emission(stage, account, value);
  }

  static Emission of(Decision decision) {
    return new Emission(Names.DECISION_SINK, decision.getAccount(), decision);
  }

  static Emission of(ApplyPlan plan) {
    return new Emission(Names.APPLY_PLAN_SINK, plan.getAccount(), plan);
  }

  /** Returns the copy of a plan's permit, for Redis. */
  static Emission permitOf(ApplyPlan plan) {
    return new Emission(Names.PERMIT_SINK, plan.getPlanId(), plan.getPermit());
  }

  static Emission of(PortfolioState state) {
    return new Emission(Names.PORTFOLIO_STATE_SINK, state.getAccount(), state);
  }

  static Emission of(PositionLedger row) {
    return new Emission(Names.POSITION_LEDGER_SINK, key(row), row);
  }

  /** Returns a row of the ledger on its way to the positions of its symbol. */
  static Emission bySymbol(PositionLedger row) {
    return new Emission(Names.LEDGER_CHANGES, key(row), row);
  }

  /** Returns what the exchange says of a position on its way to the positions of its symbol. */
  static Emission bySymbol(ExchangeView view) {
    return new Emission(
        Names.EXCHANGE_BY_SYMBOL_REPARTITION,
        Accounts.key(view.getAccount(), view.getSymbol()),
        view);
  }

  static Emission calibrated(HarvestProposal proposal) {
    return new Emission(
        Names.HARVEST_CALIBRATED_SINK,
        Accounts.key(proposal.getAccount(), proposal.getSymbol()),
        proposal);
  }

  /** Returns that there is nothing to calibrate any more: the position of the key is gone. */
  static Emission calibrationGone(String key) {
    return new Emission(Names.HARVEST_CALIBRATED_SINK, key, null);
  }

  /** Returns the record that is written, if it is one: a case for the next stage is not. */
  Optional<SpecificRecord> record() {
    return value instanceof SpecificRecord record ? Optional.of(record) : Optional.empty();
  }

  private static String key(PositionLedger row) {
    return Accounts.key(row.getAccount(), row.getSymbol());
  }
}
