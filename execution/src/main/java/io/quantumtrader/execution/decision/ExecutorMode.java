package io.quantumtrader.execution.decision;

/** How far the executor goes by itself. */
public enum ExecutorMode {
  /** Reports what the exchange has; sends no order, whatever the plan. */
  OBSERVE,
  /** Closes by itself; each entry waits for a person until its permit expires. */
  APPROVE,
  /** Sends what has a permit. */
  TRADE
}
