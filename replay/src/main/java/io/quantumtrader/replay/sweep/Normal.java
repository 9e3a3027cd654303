package io.quantumtrader.replay.sweep;

/** The standard normal distribution, to about 1e-14. */
final class Normal {

  /** Beyond it the probability is 0 or 1 as far as a double can tell a difference from 1. */
  private static final double FAR = 8.2;

  private static final int HALVINGS = 100;
  private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

  private Normal() {}

  /**
   * Returns the probability of a value at or below this one, by the series of Marsaglia,
   * "Evaluating the Normal Distribution", Journal of Statistical Software 11 (2004).
   */
  static double probability(double value) {
    if (value < -FAR) {
      return 0;
    }
    if (value > FAR) {
      return 1;
    }
    double sum = value;
    double before = 0;
    double term = value;
    for (int i = 3; sum != before; i += 2) {
      before = sum;
      term *= value * value / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-0.5 * value * value) / ROOT_OF_TWO_PI;
  }

  /**
   * Returns the value that a share lies at or below.
   *
   * @param probability above 0 and below 1
   */
  static double quantile(double probability) {
    double low = -FAR;
    double high = FAR;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (probability(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
