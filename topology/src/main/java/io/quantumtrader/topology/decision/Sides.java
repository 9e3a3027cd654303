package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;

/** Sides of orders and positions, and what they make of each other. */
public final class Sides {

  private Sides() {}

  /** Returns the position that an order opens; the side is BUY or SELL. */
  public static PositionSide opens(OrderSide side) {
    return side == OrderSide.BUY ? PositionSide.LONG : PositionSide.SHORT;
  }

  /** Returns the order that closes a position; the side is LONG or SHORT. */
  public static OrderSide closes(PositionSide side) {
    return side == PositionSide.LONG ? OrderSide.SELL : OrderSide.BUY;
  }

  /** Returns 1 for LONG and -1 for SHORT. */
  public static int direction(PositionSide side) {
    return side == PositionSide.LONG ? 1 : -1;
  }

  /** Returns whether the row is a position with something open. */
  public static boolean isOpen(PositionLedger row) {
    return (row.getSide() == PositionSide.LONG || row.getSide() == PositionSide.SHORT)
        && row.getQuantity().signum() > 0;
  }

  /** Returns the open quantity, negative for a short. */
  public static BigDecimal signedQuantity(PositionLedger row) {
    return row.getSide() == PositionSide.SHORT ? row.getQuantity().negate() : row.getQuantity();
  }
}
