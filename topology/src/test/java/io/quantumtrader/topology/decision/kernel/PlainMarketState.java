package io.quantumtrader.topology.decision.kernel;

import java.util.Arrays;

/**
 * The market state as its formulas are written (legacy exit contract, section 3.1), with no thought
 * of time: what the kernel has to give to the last bit. Default parameters only.
 */
final class PlainMarketState {

  private static final double EPS = 1e-12;
  private static final double LAMBDA = 0.94;

  private PlainMarketState() {}

  /** Returns the state that 257 closes or more give. */
  static MarketStateKernel.State of(double[] closes) {
    int n = closes.length;
    double[] logs = new double[n];
    for (int i = 0; i < n; i++) {
      logs[i] = StrictMath.log(closes[i] + EPS);
    }
    double[] returns = new double[n - 1];
    for (int i = 0; i < n - 1; i++) {
      returns[i] = logs[i + 1] - logs[i];
    }
    double[] last = Arrays.copyOfRange(returns, n - 257, n - 1);
    double[] sigma = sigma(last);
    double mu = 0;
    int[] windows = {64, 128, 256};
    double[] weights = {0.5, 0.3, 0.2};
    for (int i = 0; i < windows.length; i++) {
      double sum = weights[0] + weights[1] + weights[2];
      mu += weights[i] / sum * medianSlope(logs, n - windows[i], windows[i]);
    }
    double ts = Math.abs(mu) / (sigma[0] + EPS);
    double dp = persistence(last);
    double vr = varianceRatio(last);
    RegimeProbabilities regimes =
        RegimeScores.probabilities(ts, dp, vr, MarketStateTheta.DEFAULT.regime());
    return new MarketStateKernel.State(sigma[0], mu, ts, regimes, dp, vr, sigma[1], n - 1);
  }

  /** Returns the median of all pairwise slopes by sorting them; NaN where any of them is. */
  static double medianSlope(double[] y, int from, int n) {
    double[] slopes = new double[n * (n - 1) / 2];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[count++] = (y[from + j] - y[from + i]) / (j - i);
      }
    }
    return median(slopes);
  }

  /** Returns the median; NaN where any value is, and never a negative zero. */
  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (Double.isNaN(sorted[n - 1])) {
      return Double.NaN;
    }
    double upper = sorted[n / 2];
    return (n % 2 == 1 ? upper : (sorted[n / 2 - 1] + upper) / 2) + 0.0;
  }

  private static double[] sigma(double[] returns) {
    double[] sorted = returns.clone();
    Arrays.sort(sorted);
    double low = Sigma.quantile(sorted, sorted.length, 0.01);
    double high = Sigma.quantile(sorted, sorted.length, 0.99);
    double[] r = new double[returns.length];
    for (int i = 0; i < r.length; i++) {
      r[i] = Math.min(Math.max(returns[i], low), high);
    }
    double variance = variance(Arrays.copyOf(r, 10));
    for (double each : r) {
      variance = LAMBDA * variance + (1 - LAMBDA) * (each * each);
    }
    double weighted = Math.sqrt(variance);
    double middle = median(r);
    double[] distances = Arrays.stream(r).map(each -> Math.abs(each - middle)).toArray();
    double robust = 1.4826 * median(distances);
    double spike = Math.min(Math.max(robust / (weighted + EPS), 0), 5);
    double weight = 1 / (1 + StrictMath.exp(-Math.min(Math.max((spike - 1.2) / 0.3, -50), 50)));
    double blend = (1 - weight) * weighted + weight * robust;
    return new double[] {blend > 1e-6 ? blend : 1e-6, spike};
  }

  private static double variance(double[] values) {
    double sum = 0;
    for (double each : values) {
      sum += each;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double each : values) {
      squares += (each - mean) * (each - mean);
    }
    return squares / values.length;
  }

  private static double persistence(double[] returns) {
    int same = 0;
    for (int i = 1; i < returns.length; i++) {
      same += Math.signum(returns[i]) == Math.signum(returns[i - 1]) ? 1 : 0;
    }
    return (double) same / (returns.length - 1);
  }

  private static double varianceRatio(double[] returns) {
    double[] sums = new double[returns.length - 4];
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < 5; j++) {
        sums[i] += returns[i + j];
      }
    }
    return variance(sums) / (5 * variance(returns) + EPS);
  }
}
