package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * A conditional order as it is asked for.
 *
 * @param type {@code STOP_MARKET}, {@code TAKE_PROFIT_MARKET}, {@code STOP}, {@code TAKE_PROFIT} or
 *     {@code TRAILING_STOP_MARKET}
 * @param quantity base units; 0 with {@code closePosition}
 * @param triggerPrice quote currency; 0 where it trails the price
 * @param markPrice whether the mark price triggers it; else the last price
 * @param closePosition whether it closes all there is when it triggers
 * @param clientAlgoId empty: the exchange makes one up
 * @param limit what it is once it has triggered, where that is a limit order
 * @param trail how it follows the price, where it does
 */
public record AlgoRequest(
    String symbol,
    Side side,
    PositionSide positionSide,
    String type,
    BigDecimal quantity,
    BigDecimal triggerPrice,
    boolean markPrice,
    boolean reduceOnly,
    boolean closePosition,
    boolean priceProtect,
    String clientAlgoId,
    AlgoLimit limit,
    AlgoTrail trail) {

  /** Creates one that becomes a market order at its trigger price. */
  public AlgoRequest(
      String symbol,
      Side side,
      PositionSide positionSide,
      String type,
      BigDecimal quantity,
      BigDecimal triggerPrice,
      boolean markPrice,
      boolean reduceOnly,
      boolean closePosition,
      boolean priceProtect,
      String clientAlgoId) {
    this(
        symbol,
        side,
        positionSide,
        type,
        quantity,
        triggerPrice,
        markPrice,
        reduceOnly,
        closePosition,
        priceProtect,
        clientAlgoId,
        AlgoLimit.NONE,
        AlgoTrail.NONE);
  }

  /** Returns whether it is a stop; else a target. */
  public boolean isStop() {
    return type.equals("STOP_MARKET") || type.equals("STOP");
  }

  /** Returns whether it becomes a limit order; else a market order. */
  public boolean isLimit() {
    return type.equals("STOP") || type.equals("TAKE_PROFIT");
  }

  /** Returns whether its trigger price follows the price. */
  public boolean isTrailing() {
    return type.equals("TRAILING_STOP_MARKET");
  }

  /** Returns what it becomes: {@code LIMIT} or {@code MARKET}. */
  public String becomes() {
    return isLimit() ? "LIMIT" : "MARKET";
  }

  /** Returns how long it stays, also once it has triggered. */
  public String timeInForce() {
    return closePosition ? "GTE_GTC" : limit.timeInForce();
  }

  /**
   * Returns whether it triggers at a price; not for one that trails. A stop to buy and a target to
   * sell trigger at or above theirs, the others at or below.
   */
  public boolean triggersAt(BigDecimal latest) {
    boolean above = isStop() == (side == Side.BUY);
    int order = latest.compareTo(triggerPrice);
    return above ? order >= 0 : order <= 0;
  }
}
