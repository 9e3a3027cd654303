package io.quantumtrader.topology.decision.kernel;

/** Slopes of a run of values against their index 0, 1, 2, ... */
final class Slopes {

  private Slopes() {}

  /**
   * Returns the slope of y[from] to y[from + n - 1].
   *
   * @param method theil_sen, huber, or anything else for least squares
   * @param n 2 or more
   */
  static double slope(String method, double[] y, int from, int n, KernelScratch scratch) {
    return switch (method) {
      case "theil_sen" -> TheilSen.slope(y, from, n, scratch);
      case "huber" -> HuberLine.slope(y, from, n);
      default -> leastSquares(y, from, n)[0];
    };
  }

  /** Returns slope and intercept of the least squares line. */
  static double[] leastSquares(double[] y, int from, int n) {
    double meanX = (n - 1) / 2.0;
    double meanY = Arithmetic.mean(y, from, from + n);
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < n; i++) {
      double x = i - meanX;
      covariance += x * (y[from + i] - meanY);
      variance += x * x;
    }
    double slope = covariance / variance;
    return new double[] {slope, meanY - slope * meanX};
  }
}
