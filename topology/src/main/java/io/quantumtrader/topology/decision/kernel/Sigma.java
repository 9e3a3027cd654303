package io.quantumtrader.topology.decision.kernel;

import java.util.Arrays;

/** Robust volatility: an exponentially weighted and a median estimate, blended by their ratio. */
final class Sigma {

  private static final double MAD_TO_SIGMA = 1.4826;
  private static final int FIRST_RETURNS = 10;

  /**
   * Volatility and how the estimates relate.
   *
   * @param sigma volatility of log returns per interval, the floor or more
   * @param spikeProxy median over weighted estimate, 0 to the cap; below 1 after a spike
   */
  record Estimate(double sigma, double spikeProxy) {}

  private Sigma() {}

  /**
   * Returns the estimate over returns[from] to returns[to - 1].
   *
   * @throws IllegalArgumentException where a quantile does not lie within 0 to 1
   */
  static Estimate of(
      double[] returns,
      int from,
      int to,
      MarketStateTheta.Volatility theta,
      double eps,
      KernelScratch scratch) {
    int n = to - from;
    double[] winsorised = scratch.winsorised;
    winsorise(returns, from, to, theta, scratch);
    double weighted = weighted(winsorised, n, theta.lambda());
    double median = MAD_TO_SIGMA * medianDistance(scratch.sorted, n);
    double spike = Arithmetic.clip(median / (weighted + eps), 0, theta.spikeCap());
    double position = Arithmetic.clip((spike - theta.spikeCenter()) / theta.spikeScale(), -50, 50);
    double weight = 1 / (1 + StrictMath.exp(-position));
    double blend = (1 - weight) * weighted + weight * median;
    return new Estimate(Arithmetic.larger(theta.floor(), blend), spike);
  }

  private static void winsorise(
      double[] returns,
      int from,
      int to,
      MarketStateTheta.Volatility theta,
      KernelScratch scratch) {
    int n = to - from;
    System.arraycopy(returns, from, scratch.sorted, 0, n);
    Arrays.sort(scratch.sorted, 0, n);
    double low = quantile(scratch.sorted, n, theta.winsorLow());
    double high = quantile(scratch.sorted, n, theta.winsorHigh());
    for (int i = 0; i < n; i++) {
      scratch.winsorised[i] = Arithmetic.clip(returns[from + i], low, high);
      scratch.sorted[i] = Arithmetic.clip(scratch.sorted[i], low, high);
    }
  }

  /** Returns the quantile by linear interpolation; NaN where any value is. */
  static double quantile(double[] sorted, int n, double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("quantile outside 0 to 1: " + q);
    }
    if (Double.isNaN(sorted[n - 1])) {
      return Double.NaN;
    }
    double index = (n - 1) * q;
    int below = (int) index;
    double a = sorted[below];
    double b = sorted[Math.min(below + 1, n - 1)];
    double t = index - below;
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
  }

  private static double weighted(double[] returns, int n, double lambda) {
    double variance = Arithmetic.variance(returns, 0, Math.min(FIRST_RETURNS, n));
    for (int i = 0; i < n; i++) {
      variance = lambda * variance + (1 - lambda) * (returns[i] * returns[i]);
    }
    return Math.sqrt(variance);
  }

  /**
   * Returns the median distance of the values from their median. On either side of it the distances
   * grow with each step away, so that they are counted off in the order of their size.
   *
   * @param sorted ascending; where the median is infinite or NaN, so is what is returned
   */
  private static double medianDistance(double[] sorted, int n) {
    int middle = n / 2;
    double median = n % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    int left = middle - 1;
    int right = middle;
    double below = 0;
    double distance = 0;
    for (int rank = 0; rank <= middle; rank++) {
      below = distance;
      boolean toLeft =
          right == n
              || (left >= 0 && Math.abs(sorted[left] - median) < Math.abs(sorted[right] - median));
      distance = Math.abs(sorted[toLeft ? left-- : right++] - median);
    }
    return n % 2 == 1 ? distance : (below + distance) / 2;
  }
}
