package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * A conditional order as it stands.
 *
 * @param algoId unique on the exchange, above 0
 * @param clientAlgoId never empty
 * @param orderId the order it became; 0 for none
 * @param actualPrice average price of that order, quote currency; 0 without a fill
 * @param actualQuantity what that order filled, base units
 * @param reason why it was rejected or expired; empty otherwise
 * @param triggerMs when it triggered, epoch milliseconds UTC; 0 if not
 * @param best the best price since it was activated, quote currency; 0 before, and where it does
 *     not trail
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
    long triggerMs,
    BigDecimal best) {

  /**
   * Returns the price that triggers it, quote currency; 0 where it trails and is not activated yet.
   */
  public BigDecimal triggerPrice() {
    if (!request.isTrailing()) {
      return request.triggerPrice();
    }
    return best.signum() == 0 ? best : request.trail().triggerAfter(request.side(), best);
  }

  /** Returns whether it triggers at a price. */
  boolean triggersAt(BigDecimal latest) {
    if (!request.isTrailing()) {
      return request.triggersAt(latest);
    }
    // A trailing order to sell triggers below its best price, as a stop does.
    int order = latest.compareTo(triggerPrice());
    return best.signum() > 0 && (request.side() == Side.SELL ? order <= 0 : order >= 0);
  }

  /** Returns it with what a price means for the way it trails; itself where it means nothing. */
  TwinAlgoOrder after(BigDecimal latest) {
    if (!request.isTrailing()) {
      return this;
    }
    boolean follows =
        best.signum() == 0
            ? request.trail().activatesAt(request.side(), latest)
            : AlgoTrail.better(request.side(), latest, best);
    return follows ? withBest(latest) : this;
  }

  private TwinAlgoOrder withBest(BigDecimal price) {
    return new TwinAlgoOrder(
        algoId,
        clientAlgoId,
        request,
        status,
        orderId,
        actualPrice,
        actualQuantity,
        reason,
        createMs,
        updateMs,
        triggerMs,
        price);
  }

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
        next == AlgoStatus.TRIGGERING ? nowMs : triggerMs,
        best);
  }

  /** Returns it with what its order has become. */
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
        triggerMs,
        best);
  }
}
