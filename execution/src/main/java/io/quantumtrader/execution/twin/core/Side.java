package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/** Which way an order goes. */
public enum Side {
  /** It adds to the position's signed amount. */
  BUY,
  /** It takes from the position's signed amount. */
  SELL;

  /** Returns a quantity, base units, with the sign it has in a position. */
  public BigDecimal signed(BigDecimal quantity) {
    return this == BUY ? quantity : quantity.negate();
  }

  /** Returns the other side. */
  public Side opposite() {
    return this == BUY ? SELL : BUY;
  }
}
