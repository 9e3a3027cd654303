package io.quantumtrader.execution.exchange;

import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
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
    public Refused {
      numbers = List.copyOf(numbers);
    }
  }

  /**
   * The exchange has not answered; whether it changed anything is not known. Asking again is safe.
   *
   * @param message what went wrong
   */
  record Unresolved(String message) implements Acknowledgement {}
}
