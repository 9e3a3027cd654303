package io.quantumtrader.topology.decision.kernel;

/**
 * The median of the slopes between all pairs of points, found without looking at all pairs.
 *
 * <p>Seen along a line of slope m, a point that lies behind another one and below it makes a slope
 * below m. So the slopes below m are the inversions in the order of the points above that line, and
 * while the line turns from one slope to another, just those pairs change places whose slopes lie
 * between the two (after Cole, Salowe, Steiger and Szemeredi, SIAM J. Comput. 18 (1989), 792). The
 * line is laid near the median, the inversions are counted once, and it is turned across the
 * median, which is then among the slopes that it has crossed.
 *
 * <p>The order is kept in whole numbers, and rounding may put pairs on the wrong side of a line
 * whose slope is nearly theirs. Every slope that counts is therefore computed from the values
 * themselves, and a median is believed only where it lies further from both lines than rounding
 * reaches. The result has the bits that sorting all slopes would give it.
 */
final class TheilSen {

  /** Where the median is sought, and how far a rank is from the next one about there. */
  record Guess(double slope, double perRank) {}

  private static final int ALL_UP_TO = 16;
  private static final double SMALLEST_RANGE = 1e-280;
  private static final double LARGEST_RANGE = 1e280;

  /** No median is steeper: more than half of all pairs are n / 4 and more apart. */
  static final double STEEPEST = 4.5;

  /** Turns before the plain way is taken. */
  private static final int TURNS = 8;

  /** Ranks to go beyond where the median is expected, in the first turn. */
  private static final int BEYOND = 12;

  private static final double FURTHER = 1.3;

  private TheilSen() {}

  /**
   * Returns the median of the n(n-1)/2 slopes between y[from] to y[from + n - 1]; NaN where any of
   * them is.
   *
   * @param n 2 or more
   */
  static double slope(double[] y, int from, int n, KernelScratch scratch) {
    return slope(y, from, n, null, scratch);
  }

  /**
   * Returns the same, sought from somewhere else.
   *
   * @param hint where to seek, or null for a guess from a sample; anything gives the same bits
   */
  static double slope(double[] y, int from, int n, Guess hint, KernelScratch scratch) {
    double low = y[from];
    double high = low;
    for (int i = from + 1; i < from + n; i++) {
      low = Math.min(low, y[i]);
      high = Math.max(high, y[i]);
    }
    double range = high - low;
    if (range == 0) {
      return 0;
    }
    boolean ordinary = range > SMALLEST_RANGE && range < LARGEST_RANGE;
    double median =
        ordinary && n > ALL_UP_TO
            ? turning(y, from, n, low, range, hint, scratch)
            : ofAll(y, from, n, scratch.slopes);
    return median + 0.0; // zero has no sign
  }

  private static double turning(
      double[] y, int from, int n, double low, double range, Guess hint, KernelScratch scratch) {
    int pairs = n * (n - 1) / 2;
    int upper = pairs / 2;
    int lower = (pairs - 1) / 2;
    double steepest = STEEPEST * range / (n - 1);
    double blur = range * TurningOrder.BLUR;
    Guess guess = hint == null ? scratch.sample.guess(y, from, n, range) : hint;
    double perRank = Math.max(guess.perRank(), blur / 2);
    TurningOrder order = scratch.order;
    double at = Arithmetic.clamp(guess.slope() - perRank * BEYOND, -steepest, steepest);
    order.lay(y, from, n, low, range, at);
    double further = FURTHER;
    for (int turn = 0; turn < TURNS; turn++) {
      int below = order.below();
      double ranks =
          below <= lower ? (upper - below) * further + BEYOND : (lower - below) * further - BEYOND;
      double to = Arithmetic.clamp(at + perRank * ranks, -steepest, steepest);
      order.turn(to, scratch.slopes);
      int rank = upper - order.belowBoth();
      int crossed = order.crossed();
      if (rank - (upper - lower) >= 0 && rank < crossed) {
        double above = Selection.select(scratch.slopes, crossed, rank);
        double under = upper == lower ? above : Selection.largest(scratch.slopes, rank);
        if (under > Math.min(at, to) + blur && above < Math.max(at, to) - blur) {
          return upper == lower ? above : (under + above) / 2;
        }
      }
      further *= 2;
      at = to;
    }
    return ofAll(y, from, n, scratch.slopes);
  }

  /** The plain way, for few points, for ranges beyond all measure, and where nothing else helps. */
  private static double ofAll(double[] y, int from, int n, double[] slopes) {
    int count = 0;
    for (int lag = 1; lag < n; lag++) {
      int pairs = n - lag;
      fill(y, from, lag, pairs, slopes, count);
      count += pairs;
    }
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(slopes[i])) {
        return Double.NaN;
      }
    }
    return Selection.median(slopes, count);
  }

  /** One lag after the other, so that the compiler can divide several at once. */
  private static void fill(double[] y, int from, int lag, int pairs, double[] slopes, int offset) {
    double distance = lag;
    for (int i = 0; i < pairs; i++) {
      slopes[offset + i] = (y[from + lag + i] - y[from + i]) / distance;
    }
  }
}
