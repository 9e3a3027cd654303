package io.quantumtrader.execution.decision;

/** What is known of a plan id within the last 24 hours. */
public enum PlanStanding {
  /** Never heard of. */
  NEW,
  /** Announced to be sent, and no final result yet: the exchange has to be asked. */
  SUBMITTED,
  /** Has its final result. */
  ANSWERED
}
