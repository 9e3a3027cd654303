package io.quantumtrader.topology.decision.kernel;

/** exp(x_i) / sum exp(x_j). */
final class Softmax {

  private Softmax() {}

  /** Returns the weights of the scores, shifted by the largest so that nothing overflows. */
  static double[] of(double... scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double[] weights = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      weights[i] = StrictMath.exp(scores[i] - largest);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
