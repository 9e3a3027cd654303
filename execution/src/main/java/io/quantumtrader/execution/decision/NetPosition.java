package io.quantumtrader.execution.decision;

import static java.math.BigDecimal.ZERO;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A position in one symbol.
 *
 * @param quantity base units, signed: negative is short, 0 is flat
 * @param entryPrice average entry price, quote currency; 0 when flat
 */
public record NetPosition(BigDecimal quantity, BigDecimal entryPrice) {

  /** No position. */
  public static final NetPosition FLAT = new NetPosition(ZERO, ZERO);

  /**
   * A position after a fill.
   *
   * @param position what is open then
   * @param realized profit that the fill realised, before fees, quote currency
   */
  public record Change(NetPosition position, BigDecimal realized) {}

  /** Returns the signed quantity that an order of this size adds. */
  public static BigDecimal signed(OrderSide side, BigDecimal quantity) {
    return side == OrderSide.BUY ? quantity : quantity.negate();
  }

  public boolean isFlat() {
    return quantity.signum() == 0;
  }

  public PositionSide side() {
    return switch (quantity.signum()) {
      case 1 -> PositionSide.LONG;
      case -1 -> PositionSide.SHORT;
      default -> PositionSide.FLAT;
    };
  }

  /** Returns how much of an order of this signed quantity would reduce the position, 0 or more. */
  public BigDecimal reducible(BigDecimal delta) {
    return quantity.signum() * delta.signum() < 0 ? quantity.abs().min(delta.abs()) : ZERO;
  }

  /**
   * Returns the position after a fill. An increase averages the entry price by quantity; a
   * reduction keeps it and realises (price - entry) x quantity; what goes beyond flat opens the
   * other side at the fill's price.
   *
   * @param delta signed base units: above 0 bought, below 0 sold
   * @param price quote currency, above 0
   */
  public Change after(BigDecimal delta, BigDecimal price) {
    BigDecimal left = quantity.add(delta);
    BigDecimal reduced = reducible(delta);
    if (reduced.signum() == 0) {
      return new Change(new NetPosition(left, averaged(delta, price)), ZERO);
    }
    BigDecimal closed = quantity.signum() > 0 ? reduced : reduced.negate();
    BigDecimal realized = Decimals.cash(price.subtract(entryPrice).multiply(closed));
    if (left.signum() == 0) {
      return new Change(FLAT, realized);
    }
    boolean flipped = left.signum() != quantity.signum();
    return new Change(new NetPosition(left, flipped ? price : entryPrice), realized);
  }

  /** Returns the profit not yet realised at a price, quote currency. */
  public BigDecimal unrealized(BigDecimal price) {
    return Decimals.cash(price.subtract(entryPrice).multiply(quantity));
  }

  /**
   * Returns the margin in use: |quantity| x entry price / leverage, quote currency.
   *
   * @param leverage 1 or more
   */
  public BigDecimal margin(int leverage) {
    return quantity
        .abs()
        .multiply(entryPrice)
        .divide(BigDecimal.valueOf(leverage), Decimals.SCALE, RoundingMode.HALF_EVEN);
  }

  private BigDecimal averaged(BigDecimal delta, BigDecimal price) {
    BigDecimal cost = quantity.abs().multiply(entryPrice).add(delta.abs().multiply(price));
    BigDecimal size = quantity.abs().add(delta.abs());
    return cost.divide(size, Decimals.SCALE, RoundingMode.HALF_EVEN);
  }
}
