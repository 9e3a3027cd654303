package io.quantumtrader.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the values of several rounds come to. */
public final class Rounds {

  private Rounds() {}

  /** Returns the middle value, or the mean of the two in the middle. */
  public static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns the smallest value. */
  public static double least(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** Returns the largest value. */
  public static double most(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * Returns the ratio of two series of the same rounds, one value a round: what disturbed a round
   * disturbed both.
   */
  public static List<Double> ratios(List<Double> values, List<Double> base) {
    if (values.size() != base.size()) {
      throw new IllegalArgumentException(
          values.size() + " rounds cannot be compared with " + base.size());
    }
    return IntStream.range(0, values.size()).mapToObj(i -> values.get(i) / base.get(i)).toList();
  }
}
