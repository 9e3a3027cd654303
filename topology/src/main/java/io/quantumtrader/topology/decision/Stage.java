package io.quantumtrader.topology.decision;

/** The stages, by the names that decisions carry. */
public enum Stage {
  BRIDGE("bridge"),
  GOVERNOR("governor"),
  PORTFOLIO_GATE("portfolio-gate"),
  HEAT_GATE("heat-gate"),
  APPLY_LAYER("apply-layer"),
  LEDGER("ledger"),
  PORTFOLIO("portfolio"),
  MARKET_STATE("market-state"),
  UNIVERSE("universe"),
  /**
   * No stage of the topology: who asks for something by hand, and is refused before it gets there.
   */
  CONSOLE("console");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /** Returns the name in a decision record. */
  public String label() {
    return label;
  }
}
