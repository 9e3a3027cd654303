package io.quantumtrader.replay.sweep;

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
   * Ranks trials; of several with the same score the one that was named first comes first.
   *
   * @param runs one or more
   */
  public static SweepResult of(SelectionRule rule, List<Trial> runs) {
    List<Trial> trials =
        runs.stream().sorted(Comparator.comparingDouble(Trial::score).reversed()).toList();
    SharpeRatio best = trials.getFirst().sharpe();
    List<Double> ratios = runs.stream().map(trial -> trial.sharpe().value()).toList();
    return new SweepResult(rule, trials, best, DeflatedSharpe.of(best, ratios));
  }

  /** Returns the run that the rule chose. */
  public Trial best() {
    return trials.getFirst();
  }
}
