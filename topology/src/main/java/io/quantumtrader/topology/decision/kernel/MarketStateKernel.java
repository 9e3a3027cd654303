package io.quantumtrader.topology.decision.kernel;

import java.util.Optional;

/**
 * Market state out of closes: robust volatility, robust trend, its strength, and how likely the
 * market trends, reverts or chops. Formulas: legacy exit contract, section 3.1.
 */
public final class MarketStateKernel {

  private static final int FEWEST_RETURNS = 10;

  /**
   * What the closes say.
   *
   * @param sigma volatility of log returns per interval, the floor or more
   * @param mu trend of the log price per interval
   * @param ts trend strength |mu| / sigma, 0 or more
   * @param regimes regime probabilities
   * @param dp share of neighbouring returns with the same sign, 0 to 1
   * @param vr variance ratio, 0 or more, 1 for a random walk
   * @param spikeProxy ratio of the two volatility estimates, 0 to its cap
   * @param returns how many returns there were
   */
  public record State(
      double sigma,
      double mu,
      double ts,
      RegimeProbabilities regimes,
      double dp,
      double vr,
      double spikeProxy,
      int returns) {}

  private MarketStateKernel() {}

  /**
   * Computes the state with the default parameters.
   *
   * @param closes close prices, oldest first
   * @param scratch working memory of this thread
   */
  public static Optional<State> compute(double[] closes, KernelScratch scratch) {
    return compute(closes, MarketStateTheta.DEFAULT, scratch);
  }

  /**
   * Computes the state.
   *
   * @param closes close prices, oldest first; prices that are not positive or not finite are
   *     computed with as the formulas say and may give NaN
   * @param theta parameters
   * @param scratch working memory of this thread
   * @return empty for too few closes, and for parameters that cannot be computed with
   */
  public static Optional<State> compute(
      double[] closes, MarketStateTheta theta, KernelScratch scratch) {
    int n = closes.length;
    if (!usable(theta) || n < theta.closesNeeded() || n - 1 < FEWEST_RETURNS) {
      return Optional.empty();
    }
    scratch.reserve(n, theta.closesNeeded());
    for (int i = 0; i < n; i++) {
      scratch.logs[i] = StrictMath.log(closes[i] + theta.eps());
    }
    for (int i = 0; i < n - 1; i++) {
      scratch.returns[i] = scratch.logs[i + 1] - scratch.logs[i];
    }
    return Optional.of(state(n, theta, scratch));
  }

  private static boolean usable(MarketStateTheta theta) {
    MarketStateTheta.Volatility volatility = theta.volatility();
    return volatility.window() >= 1
        && within(volatility.winsorLow())
        && within(volatility.winsorHigh())
        && theta.regime().window() >= 1
        && theta.regime().lags() >= 1
        && !theta.trend().windows().isEmpty()
        && theta.trend().windows().stream().allMatch(window -> window >= 2)
        && theta.trend().weights().size() >= theta.trend().windows().size();
  }

  private static boolean within(double quantile) {
    return quantile >= 0 && quantile <= 1;
  }

  private static State state(int closes, MarketStateTheta theta, KernelScratch scratch) {
    int returns = closes - 1;
    int sigmaFrom = returns - Math.min(theta.volatility().window(), returns);
    Sigma.Estimate sigma =
        Sigma.of(scratch.returns, sigmaFrom, returns, theta.volatility(), theta.eps(), scratch);
    double mu = mu(closes, theta.trend(), scratch);
    double ts = Math.abs(mu) / (sigma.sigma() + theta.eps());
    MarketStateTheta.Regime regime = theta.regime();
    int regimeFrom = returns - Math.min(regime.window(), returns);
    double dp = RegimeScores.persistence(scratch.returns, regimeFrom, returns);
    double vr =
        RegimeScores.varianceRatio(
            scratch.returns, regimeFrom, returns, regime.lags(), theta.eps(), scratch.sums);
    return new State(
        sigma.sigma(),
        mu,
        ts,
        RegimeScores.probabilities(ts, dp, vr, regime),
        dp,
        vr,
        sigma.spikeProxy(),
        returns);
  }

  /** Returns the weighted sum of the slopes over each window. */
  private static double mu(int closes, MarketStateTheta.Trend trend, KernelScratch scratch) {
    double weights = 0;
    for (double weight : trend.weights()) {
      weights += weight;
    }
    double mu = 0;
    for (int i = 0; i < trend.windows().size(); i++) {
      int n = trend.windows().get(i);
      double slope = Slopes.slope(trend.method(), scratch.logs, closes - n, n, scratch);
      mu += trend.weights().get(i) / weights * slope;
    }
    return mu;
  }
}
