package io.quantumtrader.execution.exchange;

import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;

/** What the exchange says of an order. */
public sealed interface OrderOutcome {

  /** How far an accepted order has come. */
  enum State {
    /** More fills may follow. */
    OPEN,
    /** All of it was executed; nothing follows. */
    FILLED,
    /** It ended before all of it was executed; nothing follows. */
    EXPIRED
  }

  /**
   * The exchange took the order.
   *
   * @param orderId the exchange's id
   * @param state how far it has come
   * @param fills every fill so far that can be read, oldest first
   * @param executed what the exchange says was executed so far, base units; more than the fills
   *     come to where it has not listed all of them, or one cannot be read
   */
  record Accepted(String orderId, State state, List<Fill> fills, BigDecimal executed)
      implements OrderOutcome {
    public Accepted {
      fills = List.copyOf(fills);
    }

    /** Creates it where every fill is known. */
    public Accepted(String orderId, State state, List<Fill> fills) {
      this(orderId, state, fills, sum(fills));
    }

    private static BigDecimal sum(List<Fill> fills) {
      return fills.stream().map(Fill::getQuantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Returns what the fills come to, base units, 0 or more. */
    public BigDecimal filledQuantity() {
      return sum(fills);
    }
  }

  /**
   * The exchange refused the order; nothing was or will be executed.
   *
   * @param code why; {@link ReasonCode#POSITION_FLAT} where a reduce-only order finds no position
   * @param numbers the numbers that led to it
   * @param message the exchange's own words
   */
  record Rejected(ReasonCode code, List<NumberOf> numbers, String message) implements OrderOutcome {
    public Rejected {
      numbers = List.copyOf(numbers);
    }
  }

  /**
   * The exchange has not answered. The order may have been executed, may be executed yet or may
   * have been lost: only asking again can tell.
   *
   * @param message what went wrong
   * @param mayArrive whether the exchange may have got the order, or may get it yet; false where it
   *     is known that it was not taken, so that nobody has to wait for it
   */
  record Unresolved(String message, boolean mayArrive) implements OrderOutcome {

    /** Creates it where the order may arrive. */
    public Unresolved(String message) {
      this(message, true);
    }
  }

  /** The exchange has no order with this id. Answers a query only. */
  record Unknown() implements OrderOutcome {}
}
