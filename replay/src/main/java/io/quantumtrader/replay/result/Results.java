package io.quantumtrader.replay.result;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;

/**
 * What a run came to. Money is in quote currency.
 *
 * @param opened positions that were opened
 * @param all figures of all positions that were closed
 * @param bySymbol the same by symbol
 * @param byRegime the same by the regime they were opened in; empty text: not known
 * @param closes fills that reduced a position, by what led to them; a rung is one of them
 * @param slippage what fills cost against the price they were meant for; part of the profit
 * @param funding all funding, also of positions that are open still; below 0 was paid
 * @param curve equity, exposure and heat over time
 * @param trades the positions that were closed, in the order in which they were
 */
public record Results(
    long opened,
    Figures all,
    SortedMap<String, Figures> bySymbol,
    SortedMap<String, Figures> byRegime,
    SortedMap<String, Long> closes,
    BigDecimal slippage,
    BigDecimal funding,
    EquityCurve curve,
    List<Trade> trades) {

  /** Returns its figures alone. */
  public Totals totals() {
    return new Totals(
        opened,
        all,
        closes,
        slippage,
        equityChange(),
        curve.maxDrawdown(),
        curve.maxExposure(),
        curve.averageExposure(),
        curve.maxHeat(),
        curve.timeInMarket());
  }

  /** Returns by how much equity changed, with what positions that are open are worth. */
  public double equityChange() {
    List<EquityPoint> points = curve.points();
    return points.isEmpty() ? 0 : points.getLast().equity() - points.getFirst().equity();
  }
}
