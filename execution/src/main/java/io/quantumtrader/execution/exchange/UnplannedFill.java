package io.quantumtrader.execution.exchange;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;

/**
 * A fill that no plan asked for: of a protective order, or of an order that the exchange or
 * somebody else placed.
 *
 * @param account account it happened in
 * @param symbol instrument
 * @param origin what led to it: STOP, TARGET, MANUAL, LIQUIDATION, ADL, SETTLEMENT or FOREIGN
 * @param side side of the order
 * @param reduceOnly whether the order could only reduce
 * @param trigger what a close is reported to come from; NONE where nothing of ours led to it
 * @param clientOrderId id that was given to the order, perhaps by others; may be empty
 * @param orderId the exchange's id of the order
 * @param fill the fill
 * @param leverage leverage of the position, 1 to 125
 */
public record UnplannedFill(
    String account,
    String symbol,
    ResultOrigin origin,
    OrderSide side,
    boolean reduceOnly,
    ExitTrigger trigger,
    String clientOrderId,
    String orderId,
    Fill fill,
    int leverage) {

  /** Makes the fill of a protective order. */
  public static UnplannedFill of(ProtectiveOrder order, String orderId, Fill fill, int leverage) {
    return new UnplannedFill(
        order.account(),
        order.symbol(),
        switch (order.kind()) {
          case STOP -> ResultOrigin.STOP;
          case TARGET -> ResultOrigin.TARGET;
        },
        order.side(),
        true,
        order.trigger(),
        order.clientOrderId(),
        orderId,
        fill,
        leverage);
  }

  /** Returns it with another fill in its place. */
  public UnplannedFill with(Fill other) {
    return new UnplannedFill(
        account,
        symbol,
        origin,
        side,
        reduceOnly,
        trigger,
        clientOrderId,
        orderId,
        other,
        leverage);
  }
}
