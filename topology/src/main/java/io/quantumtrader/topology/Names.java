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

  // Ways between the rooms; the topics end in -repartition.
  public static final String LEDGER_BY_SYMBOL = "ledger-by-symbol";
  public static final String UNIVERSE_STATE = "universe-state";
  public static final String UNIVERSE_CLOCK = "universe-clock";

  private Names() {}
}
