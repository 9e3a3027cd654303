package io.quantumtrader.topology.decision.kernel;

import java.util.Arrays;

/** Persistence, variance ratio and the regime probabilities made of them. */
final class RegimeScores {

  private static final double NEUTRAL_PERSISTENCE = 0.5;
  private static final double RANDOM_WALK = 1.0;

  private RegimeScores() {}

  /**
   * Returns the share of neighbouring returns with the same sign, 0 to 1; two zeros have the same
   * sign, NaN has none.
   */
  static double persistence(double[] returns, int from, int to) {
    int pairs = to - from - 1;
    if (pairs < 1) {
      return NEUTRAL_PERSISTENCE;
    }
    int same = 0;
    for (int i = from; i < to - 1; i++) {
      if (Math.signum(returns[i]) == Math.signum(returns[i + 1])) {
        same++;
      }
    }
    return (double) same / pairs;
  }

  /** Returns var(sums of k returns) / (k var(returns) + eps); 1 for fewer than k + 1 returns. */
  static double varianceRatio(
      double[] returns, int from, int to, int k, double eps, double[] sums) {
    int count = to - from - k + 1;
    if (count < 2) {
      return RANDOM_WALK;
    }
    Arrays.fill(sums, 0, count, 0);
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < count; i++) {
        sums[i] += returns[from + j + i];
      }
    }
    double ofSums = Arithmetic.variance(sums, 0, count);
    return ofSums / (k * Arithmetic.variance(returns, from, to) + eps);
  }

  /**
   * Returns the softmax of the three regime scores.
   *
   * @param ts trend strength
   * @param dp persistence
   * @param vr variance ratio
   */
  static RegimeProbabilities probabilities(
      double ts, double dp, double vr, MarketStateTheta.Regime regime) {
    MarketStateTheta.Scores c = regime.scores();
    double d = Math.abs(vr - 1);
    double trend = c.a1() * ts + c.a2() * dp - c.a3() * d;
    double meanReversion = c.b1() * d - c.b2() * ts - c.b3() * Math.abs(dp);
    double chop =
        c.c1() * (1 - Math.abs(dp)) + c.c2() * (1 - Arithmetic.smaller(ts, 1)) - c.c3() * d;
    double[] p =
        Softmax.of(
            trend / regime.temperature(),
            meanReversion / regime.temperature(),
            chop / regime.temperature());
    return new RegimeProbabilities(p[0], p[1], p[2]);
  }
}
