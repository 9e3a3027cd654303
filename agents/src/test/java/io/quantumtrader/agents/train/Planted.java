package io.quantumtrader.agents.train;

import io.quantumtrader.agents.feature.Feature;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Made-up samples in which the price rises or falls with a trend of more than 0.3 whose probability
 * is above 0.6, and does neither elsewhere. Two more features say nothing.
 */
final class Planted {

  static final List<Feature> INPUTS =
      List.of(Feature.TREND, Feature.RSI_14, Feature.P_TREND, Feature.BODY_1);

  private Planted() {}

  /**
   * Makes samples.
   *
   * @param wrong share of them with an outcome at random
   */
  static Samples samples(int count, double wrong, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[count][];
    int[] y = new int[count];
    for (int i = 0; i < count; i++) {
      double trend = random.nextDouble(-2, 2);
      double probability = random.nextDouble();
      x[i] = new double[] {trend, random.nextDouble(), probability, random.nextDouble(-1, 1)};
      y[i] = random.nextDouble() < wrong ? random.nextInt(3) : outcome(trend, probability);
    }
    return new Samples(INPUTS, x, y);
  }

  private static int outcome(double trend, double probability) {
    if (probability <= 0.6 || Math.abs(trend) <= 0.3) {
      return 1;
    }
    return trend > 0 ? 2 : 0;
  }
}
