package io.quantumtrader.execution.twin.core;

/** Which of a symbol's positions an order is for. */
public enum PositionSide {
  /** The only one, in one-way mode. */
  BOTH,
  /** The long one, in hedge mode. */
  LONG,
  /** The short one, in hedge mode. */
  SHORT
}
