package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A position.
 *
 * @param amount base units, below 0 for a short
 * @param entryPrice average, quote currency; 0 when flat
 * @param fees commission paid since it was flat, quote currency
 * @param realized profit realised in the symbol so far, quote currency
 * @param isolatedWallet what was set aside for it where its margin is isolated, without unrealised
 *     profit, quote currency; 0 where it is crossed
 * @param updateMs when it last changed, epoch milliseconds UTC
 */
public record TwinPosition(
    String symbol,
    PositionSide positionSide,
    BigDecimal amount,
    BigDecimal entryPrice,
    BigDecimal fees,
    BigDecimal realized,
    BigDecimal isolatedWallet,
    long updateMs) {

  private static final int ENTRY_SCALE = 12;
  private static final int MONEY_SCALE = 8;

  /** Returns a position that is flat. */
  public static TwinPosition flat(String symbol, PositionSide side) {
    BigDecimal zero = BigDecimal.ZERO;
    return new TwinPosition(symbol, side, zero, zero, zero, zero, zero, 0);
  }

  /** Returns whether there is none. */
  public boolean isFlat() {
    return amount.signum() == 0;
  }

  /** Returns how much of a signed quantity closes what is open, base units, 0 or more. */
  public BigDecimal closedBy(BigDecimal signed) {
    return amount.signum() * signed.signum() < 0 ? amount.abs().min(signed.abs()) : BigDecimal.ZERO;
  }

  /** Returns the profit that a fill realises, quote currency, 8 decimals. */
  public BigDecimal profitOf(BigDecimal signed, BigDecimal price) {
    BigDecimal closed = closedBy(signed);
    return price
        .subtract(entryPrice)
        .multiply(closed)
        .multiply(BigDecimal.valueOf(amount.signum()))
        .setScale(MONEY_SCALE, RoundingMode.HALF_EVEN);
  }

  /**
   * Returns it after a fill; a fill larger than what is open turns it round. What closes gives its
   * share of the isolated wallet back; what opens has put nothing in yet.
   */
  public TwinPosition after(BigDecimal signed, BigDecimal price, BigDecimal fee, long nowMs) {
    BigDecimal next = amount.add(signed);
    BigDecimal profit = realized.add(profitOf(signed, price));
    if (next.signum() == 0) {
      BigDecimal zero = BigDecimal.ZERO;
      return new TwinPosition(symbol, positionSide, zero, zero, zero, profit, zero, nowMs);
    }
    boolean turned = amount.signum() != next.signum();
    BigDecimal entry = turned ? price : entryAfter(signed, price);
    BigDecimal paid = turned ? fee : fees.add(fee);
    BigDecimal kept = turned ? BigDecimal.ZERO : keptAfter(next);
    return new TwinPosition(symbol, positionSide, next, entry, paid, profit, kept, nowMs);
  }

  private BigDecimal keptAfter(BigDecimal next) {
    if (isFlat() || next.abs().compareTo(amount.abs()) >= 0) {
      return isolatedWallet;
    }
    return isolatedWallet
        .multiply(next.abs())
        .divide(amount.abs(), MONEY_SCALE, RoundingMode.HALF_EVEN);
  }

  /** Returns it with more set aside for it, quote currency; less where it is below 0. */
  public TwinPosition withMore(BigDecimal margin) {
    BigDecimal wallet = isolatedWallet.add(margin);
    return new TwinPosition(
        symbol, positionSide, amount, entryPrice, fees, realized, wallet, updateMs);
  }

  private BigDecimal entryAfter(BigDecimal signed, BigDecimal price) {
    if (amount.signum() != signed.signum()) {
      return entryPrice;
    }
    BigDecimal cost = amount.multiply(entryPrice).add(signed.multiply(price));
    return cost.divide(amount.add(signed), ENTRY_SCALE, RoundingMode.HALF_EVEN);
  }

  /** Returns unrealised profit at a price, quote currency, 8 decimals. */
  public BigDecimal profitAt(BigDecimal mark) {
    return mark.subtract(entryPrice).multiply(amount).setScale(MONEY_SCALE, RoundingMode.HALF_EVEN);
  }

  /** Returns the price at which closing pays the commissions so far, quote currency. */
  public BigDecimal breakEven() {
    return isFlat()
        ? BigDecimal.ZERO
        : entryPrice.add(fees.divide(amount, MONEY_SCALE, RoundingMode.HALF_EVEN));
  }
}
