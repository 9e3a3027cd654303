package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * A conditional order as it is asked for.
 *
 * @param type {@code STOP_MARKET} or {@code TAKE_PROFIT_MARKET}
 * @param quantity base units; 0 with {@code closePosition}
 * @param triggerPrice quote currency
 * @param markPrice whether the mark price triggers it; else the last price
 * @param closePosition whether it closes all there is when it triggers
 * @param clientAlgoId empty: the exchange makes one up
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
    String clientAlgoId) {

  /** Returns whether it is a stop; else a target. */
  public boolean isStop() {
    return type.equals("STOP_MARKET");
  }

  /**
   * Returns whether it triggers at a price. A stop to buy and a target to sell trigger at or above
   * theirs, the others at or below.
   */
  public boolean triggersAt(BigDecimal latest) {
    boolean above = isStop() == (side == Side.BUY);
    int order = latest.compareTo(triggerPrice);
    return above ? order >= 0 : order <= 0;
  }
}
