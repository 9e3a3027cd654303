package io.quantumtrader.topology.decision.kernel;

import java.util.Arrays;

/**
 * Guesses the median slope of n points from about 2n slopes: some lags, and of each some pairs,
 * always the same ones. How good the guess is decides about time, never about a result. Working
 * memory of one thread.
 */
final class SlopeSample {

  private static final int BUCKETS = 256;

  /** One bucket at each end takes what lies outside. */
  private static final int INNER = BUCKETS - 2;

  /** No half of a sample lies outside this many ranges over the number of points, either way. */
  private static final double SPAN = 4;

  /** A bucket with more than one in so many is looked into, ... */
  private static final int CROWDED = 8;

  /** ... so often at most. */
  private static final int ZOOMS = 3;

  private final int[] buckets = new int[BUCKETS];
  private double[] slopes = new double[33 * 33];
  private int taken;

  /**
   * Guesses.
   *
   * @param y the points are y[from] to y[from + n - 1], at 0, 1, 2, ...
   * @param n 2 or more
   * @param range largest less smallest value, above 0
   */
  TheilSen.Guess guess(double[] y, int from, int n, double range) {
    take(y, from, n);
    double low = -SPAN * range / n;
    double width = -2 * low / INNER;
    int middle = taken / 2;
    for (int zoom = 0; ; zoom++) {
      count(low, width);
      int bucket = 0;
      int before = 0;
      while (before + buckets[bucket] <= middle) {
        before += buckets[bucket++];
      }
      int within = buckets[bucket];
      double start = low + (bucket - 1) * width;
      if (within <= taken / CROWDED || zoom == ZOOMS) {
        double slope = start + width * (middle - before + 0.5) / within;
        return new TheilSen.Guess(slope, perRank(bucket, width, n));
      }
      low = start;
      width /= INNER;
    }
  }

  /** Takes the sample: lags and first points a step apart, the latter shifted from lag to lag. */
  private void take(double[] y, int from, int n) {
    int step = (int) Math.max(1, Math.sqrt(n) / 2);
    int room = (n / step + 1) * (n / step + 1);
    if (slopes.length < room) {
      slopes = new double[room];
    }
    taken = 0;
    int first = 0;
    for (int lag = (step + 1) / 2; lag < n; lag += step) {
      double reciprocal = 1.0 / lag;
      for (int i = first; i + lag < n; i += step) {
        slopes[taken++] = (y[from + i + lag] - y[from + i]) * reciprocal;
      }
      first = (first + step / 2 + 1) % step;
    }
  }

  private void count(double low, double width) {
    double scale = 1 / width;
    Arrays.fill(buckets, 0);
    for (int i = 0; i < taken; i++) {
      int bucket = (int) ((slopes[i] - low) * scale + 1);
      buckets[Math.clamp(bucket, 0, BUCKETS - 1)]++;
    }
  }

  /** Returns the mean distance of two neighbouring slopes of all pairs, about this bucket. */
  private double perRank(int bucket, double width, int n) {
    int first = Math.max(0, bucket - 1);
    int last = Math.min(BUCKETS - 1, bucket + 1);
    int around = 0;
    for (int i = first; i <= last; i++) {
      around += buckets[i];
    }
    double ofAll = (double) around / taken * n * (n - 1) / 2;
    return (last - first + 1) * width / ofAll;
  }
}
