package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * A fill.
 *
 * @param tradeId unique within its symbol, above 0
 * @param quantity base units, above 0
 * @param price quote currency
 * @param realized profit it realised, quote currency, before commission
 * @param commission what it cost, in its asset, 0 or more
 * @param maker whether its order rested before
 * @param timeMs epoch milliseconds UTC
 */
public record TwinTrade(
    long tradeId,
    long orderId,
    String symbol,
    Side side,
    PositionSide positionSide,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal realized,
    BigDecimal commission,
    String commissionAsset,
    boolean maker,
    long timeMs) {}
