package io.quantumtrader.replay.sweep;

import io.quantumtrader.replay.result.Results;

/** By what the best of several runs is chosen; said before the first of them begins. */
public enum SelectionRule {
  /** The most won by a closed position on average, after costs. */
  EXPECTANCY("the highest expectancy of a closed position after fees and funding") {
    @Override
    public double score(Results results) {
      return results.all().expectancy().orElse(Double.NEGATIVE_INFINITY);
    }
  },
  /** The most that equity grew. */
  PROFIT("the highest change of equity after fees, slippage and funding") {
    @Override
    public double score(Results results) {
      return results.equityChange();
    }
  },
  /** The most return for its variation. */
  SHARPE("the highest Sharpe ratio of hourly returns of equity") {
    @Override
    public double score(Results results) {
      return sharpe(results).value();
    }
  };

  private static final long HOUR_MS = 3_600_000;

  private final String words;

  SelectionRule(String words) {
    this.words = words;
  }

  /** Returns the rule in words. */
  public String words() {
    return words;
  }

  /** Returns what a run is worth under the rule; minus infinity where it cannot be chosen. */
  public abstract double score(Results results);

  /** Returns the Sharpe ratio of a run's hourly returns. */
  public static SharpeRatio sharpe(Results results) {
    return SharpeRatio.of(results.curve().returns(HOUR_MS));
  }
}
