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
   * margin x leverage / price or notional / price. Empty where the intent has no size. It may be
   * larger than a decimal of the contracts holds.
   *
   * @param leverage leverage that margin is multiplied with, above 0
   * @param price quote currency, above 0
   */
  static Optional<BigDecimal> of(TradeIntent intent, BigDecimal leverage, BigDecimal price) {
    BigDecimal amount = intent.getAmount();
    if (amount == null) {
      return Optional.empty();
    }
    return switch (intent.getSizing()) {
      case QUANTITY -> Optional.of(Decimals.quantity(amount));
      case MARGIN -> Optional.of(Decimals.quotientDown(amount.multiply(leverage), price));
      case NOTIONAL -> Optional.of(Decimals.quotientDown(amount, price));
      case NONE, UNRECOGNIZED -> Optional.empty();
    };
  }
}
