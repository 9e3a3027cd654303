package io.quantumtrader.replay.reconcile;

import java.math.BigDecimal;
import java.util.List;

/**
 * Figures of compared fills. Money is in quote currency; slippage and fee differences are above 0
 * where the fills were worse than the model's.
 *
 * @param count how many fills are compared
 * @param meanBps mean difference of the price, basis points
 * @param medianBps its median
 * @param worstBps the worst
 * @param slippage what the prices cost more than the model's
 * @param feeDifference what the fees were more than the model's
 * @param funding what was received as funding; below 0 was paid
 * @param modelFunding what the model would have received
 */
public record FillFigures(
    int count,
    double meanBps,
    double medianBps,
    double worstBps,
    BigDecimal slippage,
    BigDecimal feeDifference,
    BigDecimal funding,
    BigDecimal modelFunding) {

  /** Returns the figures of fills and of the funding beside them. */
  static FillFigures of(List<ComparedFill> fills, BigDecimal funding, BigDecimal modelFunding) {
    double[] bps = fills.stream().mapToDouble(ComparedFill::slippageBps).sorted().toArray();
    double sum = 0;
    for (double each : bps) {
      sum += each;
    }
    return new FillFigures(
        bps.length,
        bps.length == 0 ? 0 : sum / bps.length,
        median(bps),
        bps.length == 0 ? 0 : bps[bps.length - 1],
        fills.stream().map(ComparedFill::slippage).reduce(BigDecimal.ZERO, BigDecimal::add),
        fills.stream().map(ComparedFill::feeDifference).reduce(BigDecimal.ZERO, BigDecimal::add),
        funding,
        modelFunding);
  }

  private static double median(double[] sorted) {
    if (sorted.length == 0) {
      return 0;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns what was received more than by the model: funding less slippage and fees. */
  public BigDecimal gain() {
    return funding.subtract(modelFunding).subtract(slippage).subtract(feeDifference);
  }
}
