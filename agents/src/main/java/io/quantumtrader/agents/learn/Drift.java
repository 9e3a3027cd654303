package io.quantumtrader.agents.learn;

import java.util.Arrays;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/** Whether a number is distributed as it was when a model was trained. */
public final class Drift {

  private Drift() {}

  /**
   * Returns the population stability index of a sample against a reference: the sum over bins of (c
   * - r) ln(c / r), with c and r their shares and the bins the reference's quantiles. By custom
   * below 0.1 is no drift, above 0.25 a great one (Siddiqi, <i>Credit risk scorecards</i>, 2006). A
   * bin without a case counts half a case, so that the index stays finite.
   *
   * @param reference values then, at least as many as bins, none NaN
   * @param current values now, 1 or more, none NaN
   * @param bins how many, 2 or more
   */
  public static double stability(double[] reference, double[] current, int bins) {
    if (bins < 2 || reference.length < bins || current.length == 0) {
      throw new IllegalArgumentException(
          "%d and %d values are too few for %d bins"
              .formatted(reference.length, current.length, bins));
    }
    double[] sorted = reference.clone();
    Arrays.sort(sorted);
    double[] edges = new double[bins - 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = sorted[(int) ((long) (i + 1) * sorted.length / bins)];
    }
    double[] then = shares(reference, edges);
    double[] now = shares(current, edges);
    double index = 0;
    for (int bin = 0; bin < bins; bin++) {
      index += (now[bin] - then[bin]) * Math.log(now[bin] / then[bin]);
    }
    return index;
  }

  private static double[] shares(double[] values, double[] edges) {
    double[] counts = new double[edges.length + 1];
    for (double value : values) {
      int bin = 0;
      while (bin < edges.length && value >= edges[bin]) {
        bin++;
      }
      counts[bin]++;
    }
    return Arrays.stream(counts).map(count -> Math.max(count, 0.5) / values.length).toArray();
  }

  /**
   * Returns the probability that two samples of one distribution lie as far apart as these or
   * farther, by the test of Kolmogorov and Smirnov.
   *
   * @param reference values then, 2 or more
   * @param current values now, 2 or more
   */
  public static double sameDistribution(double[] reference, double[] current) {
    return KolmogorovSmirnovTest.withDefaults().test(reference, current).getPValue();
  }
}
