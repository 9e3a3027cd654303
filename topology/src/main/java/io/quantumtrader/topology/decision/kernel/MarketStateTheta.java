package io.quantumtrader.topology.decision.kernel;

import java.util.List;

/**
 * Parameters of the market state kernel.
 *
 * @param eps keeps logarithms and divisions finite, above 0
 * @param volatility parameters of sigma
 * @param trend parameters of mu
 * @param regime parameters of the regime probabilities
 */
public record MarketStateTheta(double eps, Volatility volatility, Trend trend, Regime regime) {

  /** What holds where nothing else is said. */
  public static final MarketStateTheta DEFAULT =
      new MarketStateTheta(
          1e-12,
          new Volatility(256, 0.01, 0.99, 0.94, 1e-6, 5.0, 1.2, 0.3),
          new Trend(List.of(64, 128, 256), List.of(0.5, 0.3, 0.2), "theil_sen"),
          new Regime(256, 5, 1.0, Scores.ONES));

  /**
   * Parameters of sigma.
   *
   * @param window last returns that are looked at, 1 or more
   * @param winsorLow returns below this quantile are raised to it, 0 to 1
   * @param winsorHigh returns above this quantile are lowered to it, 0 to 1
   * @param lambda weight of the past in the exponentially weighted variance, 0 to 1
   * @param floor smallest sigma
   * @param spikeCap largest spike proxy
   * @param spikeCenter spike proxy at which both estimates weigh the same
   * @param spikeScale how fast the weight moves with the spike proxy
   */
  public record Volatility(
      int window,
      double winsorLow,
      double winsorHigh,
      double lambda,
      double floor,
      double spikeCap,
      double spikeCenter,
      double spikeScale) {}

  /**
   * Parameters of mu.
   *
   * @param windows how many last log prices each slope is taken over
   * @param weights weight of each slope; divided by the sum of all of them
   * @param method theil_sen, huber, or anything else for least squares
   */
  public record Trend(List<Integer> windows, List<Double> weights, String method) {

    public Trend {
      windows = List.copyOf(windows);
      weights = List.copyOf(weights);
    }
  }

  /**
   * Parameters of the regime probabilities.
   *
   * @param window last returns that are looked at, 1 or more
   * @param lags length of the sums in the variance ratio, 1 or more
   * @param temperature of the softmax
   * @param scores coefficients
   */
  public record Regime(int window, int lags, double temperature, Scores scores) {}

  /**
   * Coefficients of the three regime scores: a for trend, b for mean reversion, c for chop, in the
   * order in which the terms stand in {@link RegimeScores}.
   */
  public record Scores(
      double a1,
      double a2,
      double a3,
      double b1,
      double b2,
      double b3,
      double c1,
      double c2,
      double c3) {

    /** Every coefficient 1. */
    public static final Scores ONES = new Scores(1, 1, 1, 1, 1, 1, 1, 1, 1);
  }

  /** Returns the fewest closes that a state is computed from. */
  public int closesNeeded() {
    int longest = Math.max(volatility.window(), regime.window());
    for (int window : trend.windows()) {
      longest = Math.max(longest, window);
    }
    return longest + 1;
  }
}
