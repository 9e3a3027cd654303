package io.quantumtrader.topology;

/**
 * Every name in the topology. A processor, store, changelog or repartition topic is found by its
 * name after a restart: renaming one is a breaking change.
 */
public final class Names {

  // Global tables. The store's name is the table's.
  public static final String MARKET_STATE_TABLE = "market-state-table";
  public static final String INSTRUMENT_TABLE = "instrument-table";
  public static final String UNIVERSE_TABLE = "universe-table";
  public static final String POLICY_TABLE = "policy-table";
  public static final String CONTROL_TABLE = "control-table";

  // Repartition topics between the sub-topologies; their names end in -repartition.
  public static final String LEDGER_BY_SYMBOL = "ledger-by-symbol";
  public static final String EXCHANGE_BY_SYMBOL = "exchange-by-symbol";
  public static final String UNIVERSE_STATE = "universe-state";
  public static final String UNIVERSE_CLOCK = "universe-clock";

  // The nodes before and after these topics, as the DSL names them.
  public static final String UNIVERSE_STATE_REPARTITION = UNIVERSE_STATE + "-repartition-filter";
  public static final String LEDGER_BY_SYMBOL_SOURCE = LEDGER_BY_SYMBOL + "-repartition-source";
  public static final String EXCHANGE_BY_SYMBOL_REPARTITION =
      EXCHANGE_BY_SYMBOL + "-repartition-filter";
  public static final String EXCHANGE_BY_SYMBOL_SOURCE = EXCHANGE_BY_SYMBOL + "-repartition-source";
  public static final String UNIVERSE_STATE_SOURCE = UNIVERSE_STATE + "-repartition-source";
  public static final String UNIVERSE_CLOCK_SOURCE = UNIVERSE_CLOCK + "-repartition-source";
  public static final String UNIVERSE_CLOCK_REPARTITION = UNIVERSE_CLOCK + "-repartition-filter";

  // Universe sub-topology.
  public static final String UNIVERSE_STATES = "universe-states";
  public static final String UNIVERSE_RANKING = "universe-ranking";
  public static final String UNIVERSE_STATE_STORE = "universe-state-store";
  public static final String UNIVERSE_STORE = "universe-store";
  public static final String UNIVERSE_BEGIN_STORE = "universe-begin-store";
  public static final String UNIVERSE_SINK = "universe-sink";
  public static final String UNIVERSE_DECISION_SINK = "universe-decision-sink";

  // Account sub-topology: where records come in.
  public static final String CLOCK_SOURCE = "clock-source";
  public static final String TRADE_INTENT_SOURCE = "trade-intent-source";
  public static final String APPLY_RESULT_SOURCE = "apply-result-source";
  public static final String EXCHANGE_ACCOUNT_SOURCE = "exchange-account-source";
  public static final String POSITION_SNAPSHOT_SOURCE = "position-snapshot-source";
  public static final String HARVEST_PROPOSAL_SOURCE = "harvest-proposal-source";

  // Account sub-topology: the stages, and what keeps the rows of others.
  public static final String BRIDGE = "bridge";
  public static final String GOVERNOR = "governor";
  public static final String PORTFOLIO_GATE = "portfolio-gate";
  public static final String APPLY_LAYER = "apply-layer";
  public static final String HEAT_GATE = "heat-gate";
  public static final String LEDGER = "ledger";
  public static final String PORTFOLIO = "portfolio";
  public static final String EXCHANGE_ACCOUNT_ROWS = "exchange-account-rows";
  public static final String POSITION_SNAPSHOT_ROWS = "position-snapshot-rows";

  // Account sub-topology: what stands between others.
  public static final String INTENT_TIME = "intent-time";
  public static final String INTENT_PLACE = "intent-place";
  public static final String LEDGER_CHANGES = "changed-ledgers";

  // Account sub-topology: what its stages share; it has no changelog.
  public static final String ACCOUNT_STATE = "account-state";

  // Symbol sub-topology: the same.
  public static final String SYMBOL_STATE = "symbol-state";

  // Account sub-topology: stores. Their changelogs end in -changelog.
  public static final String CLOCK_STORE = "clock-store";
  public static final String WAITING_ENTRY_STORE = "waiting-entry-store";
  public static final String SEEN_INTENT_STORE = "seen-intent-store";
  public static final String SEEN_FILL_STORE = "seen-fill-store";
  public static final String OPEN_PLAN_STORE = "open-plan-store";
  public static final String PLANNED_RISK_STORE = "planned-risk-store";
  public static final String EXIT_ATTEMPT_STORE = "exit-attempt-store";
  public static final String CLOSE_ORDER_STORE = "close-order-store";
  public static final String GRANTED_ENTRY_STORE = "granted-entry-store";
  public static final String LEDGER_STORE = "ledger-store";
  public static final String PORTFOLIO_STORE = "portfolio-store";
  public static final String EXCHANGE_ACCOUNT_STORE = "exchange-account-store";
  public static final String POSITION_SNAPSHOT_STORE = "position-snapshot-store";

  // Account sub-topology: where records go out.
  public static final String MOVED_INTENT_SINK = "moved-intent-sink";
  public static final String APPLY_PLAN_SINK = "apply-plan-sink";
  public static final String PERMIT_SINK = "permit-sink";
  public static final String POSITION_LEDGER_SINK = "position-ledger-sink";
  public static final String PORTFOLIO_STATE_SINK = "portfolio-state-sink";
  public static final String DECISION_SINK = "decision-sink";
  public static final String HARVEST_CALIBRATED_SINK = "harvest-calibrated-sink";

  // Symbol sub-topology: where candles and marks come in, the stages, and the ways out.
  public static final String CANDLE_SOURCE = "candle-source";
  public static final String MARKET_STAGE = "market-stage";
  public static final String MARK_SOURCE = "mark-source";
  public static final String MARK_STAGE = "mark-stage";
  public static final String POSITION_STAGE = "position-stage";
  public static final String EXCHANGE_VIEW_ROWS = "exchange-view-rows";
  public static final String MARKET_STATE_SINK = "market-state-sink";
  public static final String POSITION_SNAPSHOT_SINK = "position-snapshot-sink";
  public static final String HARVEST_PROPOSAL_SINK = "harvest-proposal-sink";
  public static final String MARKET_DECISION_SINK = "market-decision-sink";

  // Symbol sub-topology: stores.
  public static final String MARKET_HEAD_STORE = "market-head-store";
  public static final String MARKET_CLOSE_STORE = "market-close-store";
  public static final String MARKET_MINUTE_STORE = "market-minute-store";
  public static final String MARK_STORE = "mark-store";
  public static final String OPEN_POSITION_STORE = "open-position-store";
  public static final String EXCHANGE_VIEW_STORE = "exchange-view-store";

  private Names() {}
}
