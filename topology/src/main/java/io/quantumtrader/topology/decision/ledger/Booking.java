package io.quantumtrader.topology.decision.ledger;

import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;

/**
 * A fill, or a part of one, as the ledger books it.
 *
 * @param side BUY or SELL
 * @param quantity base units, above 0
 * @param price quote currency, above 0
 * @param fee quote currency; negative is a rebate
 * @param atMs when it was executed, epoch ms, not ahead of the account's clock
 * @param leverage leverage of the order, 1 to 125
 * @param fillId the exchange's trade id
 * @param planId plan it came of; empty if none
 * @param orderId the exchange's order id
 */
public record Booking(
    OrderSide side,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal fee,
    long atMs,
    int leverage,
    String fillId,
    String planId,
    String orderId) {

  /** Returns the same booking of another quantity with its part of the fee. */
  Booking part(BigDecimal quantityOfPart, BigDecimal feeOfPart) {
    return new Booking(
        side, quantityOfPart, price, feeOfPart, atMs, leverage, fillId, planId, orderId);
  }
}
