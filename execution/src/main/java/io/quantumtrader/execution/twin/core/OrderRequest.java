package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * An order as it is asked for.
 *
 * @param type {@code MARKET} or {@code LIMIT}
 * @param timeInForce {@code GTC}, {@code IOC}, {@code FOK} or {@code GTX}
 * @param quantity base units; 0 or less is refused
 * @param price quote currency; 0 for a market order
 * @param clientOrderId empty: the exchange makes one up
 */
public record OrderRequest(
    String symbol,
    Side side,
    PositionSide positionSide,
    String type,
    String timeInForce,
    BigDecimal quantity,
    BigDecimal price,
    boolean reduceOnly,
    String clientOrderId) {

  /** Returns a market order in one-way mode. */
  public static OrderRequest market(
      String symbol, Side side, BigDecimal quantity, boolean reduceOnly, String clientOrderId) {
    return new OrderRequest(
        symbol,
        side,
        PositionSide.BOTH,
        "MARKET",
        "GTC",
        quantity,
        BigDecimal.ZERO,
        reduceOnly,
        clientOrderId);
  }

  /** Returns whether it takes what the market gives. */
  public boolean isMarket() {
    return type.equals("MARKET");
  }
}
