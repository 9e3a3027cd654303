package io.quantumtrader.replay.sweep;

import io.quantumtrader.replay.compare.Variant;
import io.quantumtrader.replay.compare.VariantRun;
import io.quantumtrader.replay.result.Totals;

/**
 * What is kept of one run of a sweep, which may have thousands: its figures, not its curve, its
 * positions or its decisions.
 *
 * @param variant the policy it was run under
 * @param score its worth under the rule; minus infinity where it cannot be chosen
 * @param sharpe Sharpe ratio of its hourly returns
 * @param totals its figures
 * @param stateHash digest of the state at its end
 */
public record Trial(
    Variant variant, double score, SharpeRatio sharpe, Totals totals, String stateHash) {

  /** Returns what is kept of a run. */
  public static Trial of(SelectionRule rule, VariantRun run) {
    return new Trial(
        run.variant(),
        rule.score(run.results()),
        SelectionRule.sharpe(run.results()),
        run.results().totals(),
        run.hash().whole());
  }
}
