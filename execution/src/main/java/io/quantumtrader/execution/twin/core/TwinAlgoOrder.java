package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * A conditional order as it stands.
 *
 * @param algoId unique on the exchange, above 0
 * @param clientAlgoId never empty
 * @param orderId the market order it became; 0 for none
 * @param actualPrice average price of that order, quote currency; 0 without a fill
 * @param actualQuantity what that order filled, base units
 * @param reason why it was rejected or expired; empty otherwise
 * @param triggerMs when it triggered, epoch milliseconds UTC; 0 if not
 */
public record TwinAlgoOrder(
    long algoId,
    String clientAlgoId,
    AlgoRequest request,
    AlgoStatus status,
    long orderId,
    BigDecimal actualPrice,
    BigDecimal actualQuantity,
    String reason,
    long createMs,
    long updateMs,
    long triggerMs) {

  /** Returns it in another status. */
  public TwinAlgoOrder in(AlgoStatus next, String why, long nowMs) {
    return new TwinAlgoOrder(
        algoId,
        clientAlgoId,
        request,
        next,
        orderId,
        actualPrice,
        actualQuantity,
        why,
        createMs,
        nowMs,
        next == AlgoStatus.TRIGGERING ? nowMs : triggerMs);
  }

  /** Returns it with what its market order has become. */
  public TwinAlgoOrder became(TwinOrder order, AlgoStatus next, long nowMs) {
    return new TwinAlgoOrder(
        algoId,
        clientAlgoId,
        request,
        next,
        order.orderId(),
        order.averagePrice(),
        order.executed(),
        reason,
        createMs,
        nowMs,
        triggerMs);
  }
}
