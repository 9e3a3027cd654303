package io.quantumtrader.execution.twin.core;

/** Where an order stands. */
public enum OrderStatus {
  /** It waits, and has no fill. */
  NEW,
  /** It waits, and has fills. */
  PARTIALLY_FILLED,
  /** All of it is filled. */
  FILLED,
  /** Whoever sent it took it back. */
  CANCELED,
  /** The exchange ended it. */
  EXPIRED;

  /** Returns whether it may still fill. */
  public boolean isOpen() {
    return this == NEW || this == PARTIALLY_FILLED;
  }
}
