package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.bounds.OrderParts;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How much of an open position a close takes: never nothing, never more than is open, rounded down
 * to the exchange's step, and all of it where what would remain is dust. What is more than the
 * exchange takes in one market order is closed in parts, one after the other.
 *
 * @param quantity base units, above 0
 * @param action FULL_CLOSE, or the old partial action whose share is nearest; share and quantity
 *     say how much exactly
 * @param share share of what is open, above 0 and at most 1; empty where a stop is moved
 * @param rest what the close is to take beyond this part, base units, above 0; empty: nothing
 */
public record CloseQuantity(
    BigDecimal quantity, PlanAction action, Optional<Double> share, Optional<BigDecimal> rest) {

  private static final List<BigDecimal> QUARTERS =
      List.of(new BigDecimal("0.25"), new BigDecimal("0.5"), new BigDecimal("0.75"));

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
    CloseQuantity whole = whole(asked, open, instrument, price);
    return instrument.map(known -> whole.firstPart(open, known)).orElse(whole);
  }

  /** Returns as much of it as one market order takes, and what is left for the next ones. */
  private CloseQuantity firstPart(BigDecimal open, Instrument instrument) {
    Optional<BigDecimal> first = OrderParts.first(quantity, instrument);
    if (first.isEmpty()) {
      return this;
    }
    Optional<BigDecimal> step = Optional.of(instrument.getStepSize()).filter(Decimals::isPositive);
    CloseQuantity part = part(first.get(), open, step);
    return new CloseQuantity(
        first.get(), part.action(), part.share(), Optional.of(quantity.subtract(first.get())));
  }

  /** Returns the numbers of a close, and how much of it is left for later. */
  Numbers and(Numbers numbers) {
    return rest.map(left -> numbers.and("rest", left).andNotes(List.of(ReasonCode.CLOSE_IN_PARTS)))
        .orElse(numbers);
  }

  private static CloseQuantity whole(
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
      return Decimals.isPositive(asked.get())
          ? part(asked.get(), open, Optional.empty())
          : all(open);
    }
    BigDecimal step = filters.get().getStepSize();
    BigDecimal least = Decimals.ceilTo(filters.get().getMinQuantity().max(step), step);
    BigDecimal quantity = Decimals.floorTo(asked.get(), step).max(least);
    BigDecimal remainder = open.subtract(quantity);
    boolean dust =
        remainder.compareTo(least) < 0
            || remainder.multiply(price).compareTo(filters.get().getMinNotional()) < 0;
    return dust ? all(open) : part(quantity, open, Optional.of(step));
  }

  private static CloseQuantity all(BigDecimal open) {
    return new CloseQuantity(open, PlanAction.FULL_CLOSE, Optional.of(1.0), Optional.empty());
  }

  private static CloseQuantity part(
      BigDecimal quantity, BigDecimal open, Optional<BigDecimal> step) {
    BigDecimal exact = Decimals.quotient(quantity, open);
    BigDecimal share =
        QUARTERS.stream()
            .filter(quarter -> isRounded(quantity, open.multiply(quarter), step))
            .findFirst()
            .orElse(exact);
    return new CloseQuantity(
        quantity, nearest(exact), Optional.of(share.doubleValue()), Optional.empty());
  }

  /** A quarter that was rounded down to the step is still meant as a quarter. */
  private static boolean isRounded(
      BigDecimal quantity, BigDecimal meant, Optional<BigDecimal> step) {
    BigDecimal rounded = step.map(grid -> Decimals.floorTo(meant, grid)).orElse(meant);
    return rounded.compareTo(quantity) == 0;
  }

  private static PlanAction nearest(BigDecimal share) {
    if (share.compareTo(THREE_EIGHTHS) < 0) {
      return PlanAction.PARTIAL_25;
    }
    return share.compareTo(FIVE_EIGHTHS) < 0 ? PlanAction.PARTIAL_50 : PlanAction.PARTIAL_75;
  }
}
