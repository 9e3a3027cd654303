package io.quantumtrader.execution.exchange;

import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;

/** What the exchange says to a request that executes nothing by itself. */
public sealed interface Acknowledgement {

  /** It was done as requested. */
  record Done() implements Acknowledgement {}

  /**
   * The exchange refused; nothing changed.
   *
   * @param code why
   * @param numbers the numbers that led to it
   * @param message the exchange's own words
   */
  record Refused(ReasonCode code, List<NumberOf> numbers, String message)
      implements Acknowledgement {

    private static final String RESTING = "restingTriggerPrice";

    public Refused {
      numbers = List.copyOf(numbers);
    }

    /**
     * Returns the refusal of an order in whose place another rests that was not placed here, and of
     * which there can be only one. The position is protected, by whoever placed that one.
     *
     * @param triggerPrice of the one that rests, quote currency
     */
    public static Refused another(BigDecimal triggerPrice) {
      return new Refused(
          ReasonCode.ORDER_LIMIT,
          List.of(new NumberOf(RESTING, triggerPrice.stripTrailingZeros().toPlainString())),
          "a closing order of this kind rests that was not placed here; only one is allowed");
    }

    /** Returns whether another order protects the position, see {@link #another}. */
    public boolean isForAnother() {
      return code == ReasonCode.ORDER_LIMIT
          && numbers.stream().anyMatch(number -> number.getName().equals(RESTING));
    }
  }

  /**
   * The exchange has not answered; whether it changed anything is not known. Asking again is safe.
   *
   * @param message what went wrong
   */
  record Unresolved(String message) implements Acknowledgement {}
}
