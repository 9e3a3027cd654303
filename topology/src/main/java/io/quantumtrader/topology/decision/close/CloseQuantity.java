package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much of an open position a close takes: never nothing, never more than is open, rounded down
 * to the exchange's step, and all of it where what would remain is dust.
 *
 * @param quantity base units, above 0
 * @param action FULL_CLOSE, or the old partial action whose share is nearest; the quantity says how
 *     much exactly
 */
public record CloseQuantity(BigDecimal quantity, PlanAction action) {

  private static final BigDecimal THREE_EIGHTHS = new BigDecimal("0.375");
  private static final BigDecimal FIVE_EIGHTHS = new BigDecimal("0.625");

  /**
   * Returns what is closed.
   *
   * @param asked base units asked for; empty: all
   * @param open base units open, above 0
   * @param instrument the exchange's filters; where they are not known nothing is rounded
   * @param price quote currency, above 0; values what would remain
   */
  public static CloseQuantity of(
      Optional<BigDecimal> asked,
      BigDecimal open,
      Optional<Instrument> instrument,
      BigDecimal price) {
    if (asked.isEmpty() || asked.get().compareTo(open) >= 0) {
      return all(open);
    }
    Optional<Instrument> filters =
        instrument.filter(known -> Decimals.isPositive(known.getStepSize()));
    if (filters.isEmpty()) {
      return Decimals.isPositive(asked.get()) ? part(asked.get(), open) : all(open);
    }
    BigDecimal step = filters.get().getStepSize();
    BigDecimal least = Decimals.ceilTo(filters.get().getMinQuantity().max(step), step);
    BigDecimal quantity = Decimals.floorTo(asked.get(), step).max(least);
    BigDecimal remainder = open.subtract(quantity);
    boolean dust =
        remainder.compareTo(least) < 0
            || remainder.multiply(price).compareTo(filters.get().getMinNotional()) < 0;
    return dust ? all(open) : part(quantity, open);
  }

  private static CloseQuantity all(BigDecimal open) {
    return new CloseQuantity(open, PlanAction.FULL_CLOSE);
  }

  private static CloseQuantity part(BigDecimal quantity, BigDecimal open) {
    BigDecimal share = Decimals.quotient(quantity, open);
    if (share.compareTo(THREE_EIGHTHS) < 0) {
      return new CloseQuantity(quantity, PlanAction.PARTIAL_25);
    }
    return new CloseQuantity(
        quantity,
        share.compareTo(FIVE_EIGHTHS) < 0 ? PlanAction.PARTIAL_50 : PlanAction.PARTIAL_75);
  }
}
