package io.quantumtrader.replay.reconcile;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;

/**
 * A fill that the model has nothing to say about.
 *
 * @param account whose it was
 * @param symbol instrument
 * @param fillId the exchange's id of it
 * @param planId plan that it names; empty where there was none
 * @param origin what led to it
 * @param side side of the order
 * @param quantity base units, above 0
 * @param price quote currency
 * @param fee quote currency
 * @param atMs when it was told, on the clock, epoch milliseconds UTC
 * @param why why it is not compared
 */
public record StrayFill(
    String account,
    String symbol,
    String fillId,
    String planId,
    ResultOrigin origin,
    OrderSide side,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal fee,
    long atMs,
    Why why) {

  /** Why a fill is not compared. */
  public enum Why {
    /** No plan asked for it, or the plan is not among the records. */
    NO_PLAN,
    /** There is no mark of its symbol by then. */
    NO_MARK,
    /** It is a stop's or target's, and nothing tells at which price that rested. */
    NO_TRIGGER
  }
}
