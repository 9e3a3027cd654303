package io.quantumtrader.replay.result;

import java.math.BigDecimal;
import java.util.SortedMap;

/**
 * What a run came to, in figures alone: a few hundred bytes, however long it was. Money is in quote
 * currency.
 *
 * @param opened positions that were opened
 * @param all figures of all positions that were closed
 * @param closes fills that reduced a position, by what led to them
 * @param slippage what fills cost against the price they were meant for
 * @param equityChange by how much equity changed, with what positions that are open are worth
 * @param maxDrawdown deepest drawdown, 0 to 1
 * @param maxExposure highest exposure, 0 or more
 * @param averageExposure exposure on average over the steps, 0 or more
 * @param maxHeat highest heat, 0 or more
 * @param timeInMarket share of the steps at which something was open, 0 to 1
 */
public record Totals(
    long opened,
    Figures all,
    SortedMap<String, Long> closes,
    BigDecimal slippage,
    double equityChange,
    double maxDrawdown,
    double maxExposure,
    double averageExposure,
    double maxHeat,
    double timeInMarket) {}
