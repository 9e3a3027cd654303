package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;

/**
 * A change of what is set aside for an isolated position, as its owner asked for it.
 *
 * @param amount quote currency; below 0 where it was taken out
 * @param timeMs when, epoch milliseconds UTC
 */
public record TwinMarginChange(
    String symbol, PositionSide positionSide, BigDecimal amount, long timeMs) {}
