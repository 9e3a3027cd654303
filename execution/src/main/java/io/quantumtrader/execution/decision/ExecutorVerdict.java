package io.quantumtrader.execution.decision;

import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.List;

/** What to do with a plan. */
public sealed interface ExecutorVerdict {

  /** Send it to the exchange. */
  record Execute() implements ExecutorVerdict {}

  /**
   * Answer it with a final result, without asking the exchange.
   *
   * @param outcome LAPSED or REJECTED
   * @param code why
   * @param numbers the numbers that led to it
   */
  record Refuse(ResultOutcome outcome, ReasonCode code, List<NumberOf> numbers)
      implements ExecutorVerdict {
    public Refuse {
      numbers = List.copyOf(numbers);
    }
  }

  /** Keep it until a person has granted or refused it, or its permit has expired. */
  record Await() implements ExecutorVerdict {}

  /** Ask the exchange by client order id what became of it before anything else. */
  record Ask() implements ExecutorVerdict {}

  /** It was answered before: it came twice, and there is nothing to say again. */
  record Ignore() implements ExecutorVerdict {}
}
