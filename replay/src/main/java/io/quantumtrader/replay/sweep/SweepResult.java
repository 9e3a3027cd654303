package io.quantumtrader.replay.sweep;

import io.quantumtrader.replay.compare.VariantRun;
import java.util.Comparator;
import java.util.List;

/**
 * What a sweep found.
 *
 * @param rule by what it chose, as was said before it began
 * @param trials every run, the best first
 * @param sharpe Sharpe ratio of the best's hourly returns
 * @param luck what luck alone would have found among so many
 */
public record SweepResult(
    SelectionRule rule, List<Trial> trials, SharpeRatio sharpe, DeflatedSharpe luck) {

  /**
   * One run of a sweep.
   *
   * @param run the run
   * @param score its worth under the rule; minus infinity where it cannot be chosen
   */
  public record Trial(VariantRun run, double score) {}

  /**
   * Ranks runs; of several with the same score the one that was named first comes first.
   *
   * @param runs one or more
   */
  public static SweepResult of(SelectionRule rule, List<VariantRun> runs) {
    List<Trial> trials =
        runs.stream()
            .map(run -> new Trial(run, rule.score(run.results())))
            .sorted(Comparator.comparingDouble(Trial::score).reversed())
            .toList();
    SharpeRatio best = SelectionRule.sharpe(trials.getFirst().run().results());
    List<Double> ratios =
        runs.stream().map(run -> SelectionRule.sharpe(run.results()).value()).toList();
    return new SweepResult(rule, trials, best, DeflatedSharpe.of(best, ratios));
  }

  /** Returns the run that the rule chose. */
  public Trial best() {
    return trials.getFirst();
  }
}
