package io.quantumtrader.topology.decision.kernel;

import java.util.Arrays;

/**
 * The order of points by their height above a line that turns. Heights are whole numbers: a
 * fraction of the range of the values, coarse where the line is laid, so that inversions can be
 * counted eight or sixteen at a time, and fine from then on. Working memory of one thread.
 */
final class TurningOrder {

  /**
   * How far, as a fraction of the range of the values, a slope may lie from the line's and still be
   * put on the wrong side of it. Two heights are wrong by less than two of the coarse steps
   * together, rounding of the doubles included; this is twice as much.
   */
  static final double BLUR = 0x1p-25;

  private static final double COARSE = 0x1p27;
  private static final double FINE = 0x1p43;
  private static final int INDEX_BITS = 16;
  private static final long INDEX = (1L << INDEX_BITS) - 1;

  private double[] y;
  private int from;
  private int n;
  private double low;
  private double fine;
  private int below;
  private int belowBoth;
  private int crossed;

  /** Height of the point with this index above the line that was laid. */
  private int[] heights = new int[256];

  /** Heights in ascending order, each with the index of its point; the same height: by index. */
  private long[] keys = new long[256];

  /** Makes room for a number of points, 65 536 at most. */
  void reserve(int points) {
    if (keys.length < points) {
      heights = new int[points];
      keys = new long[points];
    }
  }

  /**
   * Lays the line.
   *
   * @param values the points are values[first] to values[first + points - 1], at 0, 1, 2, ...
   * @param least smallest of them
   * @param range largest less smallest, above 0
   * @param slope slope of the line; times points - 1 at most {@link TheilSen#STEEPEST} ranges
   */
  void lay(double[] values, int first, int points, double least, double range, double slope) {
    y = values;
    from = first;
    n = points;
    low = least;
    fine = FINE / range;
    double coarse = COARSE / range;
    for (int i = 0; i < n; i++) {
      heights[i] = (int) ((y[from + i] - low - slope * i) * coarse);
    }
    for (int i = 0; i < n; i++) {
      keys[i] = ((long) heights[i] << INDEX_BITS) | i;
    }
    Arrays.sort(keys, 0, n);
    below = inversions(heights, n);
  }

  /** Returns how many slopes lie below that of the line, but for those within the blur. */
  int below() {
    return below;
  }

  /** Returns how many slopes lay below that of the line before and after the last turn. */
  int belowBoth() {
    return belowBoth;
  }

  /** Returns how many slopes the line crossed in the last turn. */
  int crossed() {
    return crossed;
  }

  /**
   * Turns the line and notes the slopes that it crosses.
   *
   * @param slope its slope from now on; bounded like the first
   * @param slopes takes the slopes, from 0 on; has room for those of all pairs
   */
  void turn(double slope, double[] slopes) {
    for (int place = 0; place < n; place++) {
      int i = (int) (keys[place] & INDEX);
      keys[place] = ((long) ((y[from + i] - low - slope * i) * fine) << INDEX_BITS) | i;
    }
    int count = 0;
    int comeBelow = 0;
    for (int place = 1; place < n; place++) {
      long key = keys[place];
      int free = place;
      int i = (int) (key & INDEX);
      while (free > 0 && keys[free - 1] > key) {
        long above = keys[free - 1];
        int j = (int) (above & INDEX);
        slopes[count++] = (y[from + i] - y[from + j]) / (i - j);
        comeBelow += i > j ? 1 : 0;
        keys[free--] = above;
      }
      keys[free] = key;
    }
    crossed = count;
    belowBoth = below - (count - comeBelow);
    below = belowBoth + comeBelow;
  }

  /**
   * Returns how many pairs have the smaller value behind the larger one.
   *
   * @param a values that differ by less than 2^31
   */
  static int inversions(int[] a, int n) {
    int count = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      int p = a[i];
      int q = a[i + 1];
      int r = a[i + 2];
      int s = a[i + 3];
      count += ((q - p) >>> 31) + ((r - p) >>> 31) + ((s - p) >>> 31);
      count += ((r - q) >>> 31) + ((s - q) >>> 31) + ((s - r) >>> 31);
      count += smaller(a, i + 4, n, p, q, r, s);
    }
    for (; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        count += (a[j] - a[i]) >>> 31;
      }
    }
    return count;
  }

  /**
   * Returns how often one of a[first] to a[end - 1] is smaller than one of the four values. Four at
   * a time, and by the sign of a difference, because the compiler makes vectors of that.
   */
  private static int smaller(int[] a, int first, int end, int p, int q, int r, int s) {
    int count = 0;
    for (int j = first; j < end; j++) {
      int x = a[j];
      count += ((x - p) >>> 31) + ((x - q) >>> 31) + ((x - r) >>> 31) + ((x - s) >>> 31);
    }
    return count;
  }
}
