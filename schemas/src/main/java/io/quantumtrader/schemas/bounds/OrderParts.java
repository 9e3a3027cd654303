package io.quantumtrader.schemas.bounds;

import io.quantumtrader.schemas.avro.Instrument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** How a close that is larger than the exchange's largest market order is made in parts. */
public final class OrderParts {

  private OrderParts() {}

  /**
   * Returns the first of several market orders: as much as the exchange takes at once, on the step
   * of its quantities, and so that what is left is enough for an order of its own. Empty where one
   * order takes all, where no largest order is known, and where no part could be sent; the exchange
   * then says itself what it does not take.
   *
   * @param quantity base units, above 0
   */
  public static Optional<BigDecimal> first(BigDecimal quantity, Instrument instrument) {
    BigDecimal largest = instrument.getMaxMarketQuantity();
    if (largest == null || largest.signum() <= 0 || quantity.compareTo(largest) <= 0) {
      return Optional.empty();
    }
    BigDecimal step = instrument.getStepSize();
    BigDecimal least = instrument.getMinQuantity();
    BigDecimal smallest = multiple(least.max(step), step, RoundingMode.CEILING);
    BigDecimal first = multiple(largest.min(quantity.subtract(smallest)), step, RoundingMode.FLOOR);
    return Optional.of(first)
        .filter(part -> part.signum() > 0)
        .filter(part -> part.compareTo(least) >= 0);
  }

  private static BigDecimal multiple(BigDecimal value, BigDecimal step, RoundingMode rounding) {
    return step.signum() > 0 ? value.divide(step, 0, rounding).multiply(step) : value;
  }
}
