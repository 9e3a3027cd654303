package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * The limit order that a conditional order becomes.
 *
 * @param price quote currency; 0 where it becomes a market order
 * @param timeInForce {@code GTC}, {@code IOC}, {@code FOK} or {@code GTX}
 */
public record AlgoLimit(BigDecimal price, String timeInForce) {
  /** That of an order which becomes a market order. */
  public static final AlgoLimit NONE = new AlgoLimit(BigDecimal.ZERO, "GTC");
}
