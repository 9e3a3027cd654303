package io.quantumtrader.topology.decision.kernel;

/**
 * Comparisons as the kernels define them. They differ from {@link Math#max} and {@link Math#min}
 * for NaN: the first operand stays unless the second compares beyond it, so a floor holds against
 * NaN.
 */
final class Arithmetic {

  private Arithmetic() {}

  /** Returns b where it is greater than a, else a; a also where b is NaN. */
  static double larger(double a, double b) {
    return b > a ? b : a;
  }

  /** Returns b where it is smaller than a, else a; a also where b is NaN. */
  static double smaller(double a, double b) {
    return b < a ? b : a;
  }

  /** Returns the value held within the bounds; the lower bound for NaN. */
  static double clamp(double value, double low, double high) {
    return larger(low, smaller(value, high));
  }

  /** Returns the value held within the bounds; NaN where any of the three is. */
  static double clip(double value, double low, double high) {
    return Math.min(Math.max(value, low), high);
  }

  /** Returns the arithmetic mean of a[from] to a[to - 1]. */
  static double mean(double[] a, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += a[i];
    }
    return sum / (to - from);
  }

  /** Returns the population variance of a[from] to a[to - 1]. */
  static double variance(double[] a, int from, int to) {
    double mean = mean(a, from, to);
    double sum = 0;
    for (int i = from; i < to; i++) {
      double distance = a[i] - mean;
      sum += distance * distance;
    }
    return sum / (to - from);
  }
}
