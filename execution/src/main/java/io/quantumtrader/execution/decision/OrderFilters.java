package io.quantumtrader.execution.decision;

import static io.quantumtrader.execution.decision.Decimals.numbers;

import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.bounds.OrderParts;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.Optional;

/** What an exchange checks of an order before it looks at the account. */
public final class OrderFilters {

  private OrderFilters() {}

  /**
   * Returns why a market order is refused, or empty. The smallest order value holds for what opens;
   * what only reduces is taken however small, as long as it is a multiple of the step.
   *
   * @param quantity base units, above 0; of a reduce-only order what is left of it
   * @param price last price, quote currency
   */
  public static Optional<Rejected> refuseOrder(
      Instrument instrument, BigDecimal quantity, BigDecimal price, boolean reduceOnly) {
    if (instrument.getStatus() != InstrumentStatus.TRADING) {
      return refuse(ReasonCode.INSTRUMENT_NOT_TRADING, "status", instrument.getStatus());
    }
    if (!Decimals.isMultiple(quantity, instrument.getStepSize())) {
      return refuse(
          ReasonCode.FILTER_STEP, "quantity", quantity, "stepSize", instrument.getStepSize());
    }
    if (quantity.compareTo(instrument.getMinQuantity()) < 0) {
      return refuse(
          ReasonCode.FILTER_QUANTITY,
          "quantity",
          quantity,
          "minQuantity",
          instrument.getMinQuantity());
    }
    BigDecimal notional = quantity.multiply(price);
    if (!reduceOnly && notional.compareTo(instrument.getMinNotional()) < 0) {
      return refuse(
          ReasonCode.FILTER_NOTIONAL,
          "notional",
          notional,
          "minNotional",
          instrument.getMinNotional());
    }
    return Optional.empty();
  }

  /**
   * Returns as much of a close as the exchange takes in one market order, so that what is left is
   * enough for another one: all of it where it takes that, or where no limit is known.
   *
   * @param quantity base units, above 0
   */
  public static BigDecimal firstPart(BigDecimal quantity, Optional<Instrument> instrument) {
    return instrument.flatMap(known -> OrderParts.first(quantity, known)).orElse(quantity);
  }

  /** Returns why a trigger price is refused, or empty. */
  public static Optional<Refused> refuseTrigger(Instrument instrument, BigDecimal price) {
    if (price.signum() > 0 && Decimals.isMultiple(price, instrument.getTickSize())) {
      return Optional.empty();
    }
    return Optional.of(
        new Refused(
            ReasonCode.FILTER_TICK,
            numbers("price", price, "tickSize", instrument.getTickSize()),
            ReasonCode.FILTER_TICK.meaning()));
  }

  private static Optional<Rejected> refuse(ReasonCode code, Object... numbers) {
    return Optional.of(new Rejected(code, numbers(numbers), code.meaning()));
  }
}
