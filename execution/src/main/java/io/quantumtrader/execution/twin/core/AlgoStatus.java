package io.quantumtrader.execution.twin.core;

/** Where a conditional order stands. */
public enum AlgoStatus {
  /** It waits for its price. */
  NEW,
  /** Its price has come. */
  TRIGGERING,
  /** It is a market or limit order now. */
  TRIGGERED,
  /** Its order has ended. */
  FINISHED,
  /** Whoever sent it took it back. */
  CANCELED,
  /** Its order was refused. */
  REJECTED,
  /** The exchange ended it: what it protected is gone. */
  EXPIRED
}
