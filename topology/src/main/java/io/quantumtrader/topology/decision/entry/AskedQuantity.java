package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.util.Optional;

/** The sender's size in base units, before any cap and before the exchange's step. */
final class AskedQuantity {

  private AskedQuantity() {}

  /**
   * Returns the quantity asked for, base units with scale 18, rounded down: the amount itself,
   * margin x leverage / price, notional / price, or a share of what is open. Empty where the intent
   * has no size, or a share of nothing. It may be larger than a decimal of the contracts holds.
   *
   * @param leverage leverage that margin is multiplied with, above 0
   * @param price quote currency, above 0
   * @param open base units open in the symbol; empty: none
   */
  static Optional<BigDecimal> of(
      TradeIntent intent, BigDecimal leverage, BigDecimal price, Optional<BigDecimal> open) {
    BigDecimal amount = intent.getAmount();
    if (amount == null) {
      return Optional.empty();
    }
    return switch (intent.getSizing()) {
      case QUANTITY -> Optional.of(Decimals.quantity(amount));
      case MARGIN -> Optional.of(Decimals.quotientDown(amount.multiply(leverage), price));
      case NOTIONAL -> Optional.of(Decimals.quotientDown(amount, price));
      case FRACTION -> open.map(quantity -> Decimals.quantity(quantity.multiply(amount)));
      case NONE, UNRECOGNIZED -> Optional.empty();
    };
  }
}
