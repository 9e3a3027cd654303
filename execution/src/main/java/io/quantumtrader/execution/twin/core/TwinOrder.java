package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An order as it stands.
 *
 * @param orderId unique on the exchange, above 0
 * @param type {@code MARKET}, {@code LIMIT} or {@code LIQUIDATION}
 * @param origType what it was before it triggered; the same as the type for other orders
 * @param quantity base units, above 0
 * @param price quote currency; 0 for a market order
 * @param triggerPrice quote currency; 0 unless it was a conditional order
 * @param executed base units filled
 * @param cumQuote quote currency filled
 * @param algoId the conditional order it was; 0 for none
 * @param timeMs when it came, epoch milliseconds UTC
 * @param updateMs when it last changed, epoch milliseconds UTC
 */
public record TwinOrder(
    long orderId,
    String clientOrderId,
    String symbol,
    Side side,
    PositionSide positionSide,
    String type,
    String origType,
    String timeInForce,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal triggerPrice,
    boolean reduceOnly,
    boolean closePosition,
    OrderStatus status,
    BigDecimal executed,
    BigDecimal cumQuote,
    long algoId,
    long timeMs,
    long updateMs) {

  private static final int AVERAGE_SCALE = 8;

  /** Returns what is not filled, base units. */
  public BigDecimal rest() {
    return quantity.subtract(executed);
  }

  /** Returns the average price of its fills, quote currency; 0 without one. */
  public BigDecimal averagePrice() {
    return executed.signum() == 0
        ? BigDecimal.ZERO
        : cumQuote.divide(executed, AVERAGE_SCALE, RoundingMode.HALF_EVEN);
  }

  /** Returns it with another fill. */
  public TwinOrder filled(BigDecimal fill, BigDecimal at, long nowMs) {
    BigDecimal all = executed.add(fill);
    OrderStatus next =
        all.compareTo(quantity) >= 0 ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
    return changed(next, all, cumQuote.add(fill.multiply(at)), nowMs);
  }

  /** Returns it in another status. */
  public TwinOrder ended(OrderStatus end, long nowMs) {
    return changed(end, executed, cumQuote, nowMs);
  }

  private TwinOrder changed(OrderStatus next, BigDecimal done, BigDecimal quote, long nowMs) {
    return new TwinOrder(
        orderId,
        clientOrderId,
        symbol,
        side,
        positionSide,
        type,
        origType,
        timeInForce,
        quantity,
        price,
        triggerPrice,
        reduceOnly,
        closePosition,
        next,
        done,
        quote,
        algoId,
        timeMs,
        nowMs);
  }
}
