package io.quantumtrader.topology.decision.kernel;

/** Medians by selection: linear time, no sorting, the array is reordered. */
final class Selection {

  /** From this length on, a sample narrows the search first (Floyd and Rivest 1975). */
  private static final int SAMPLED_FROM = 600;

  private Selection() {}

  /**
   * Returns the median of a[0] to a[length - 1], the mean of the two middle values of an even
   * number.
   *
   * @param a values without NaN; reordered
   * @param length 1 or more
   */
  static double median(double[] a, int length) {
    int middle = length / 2;
    select(a, 0, length - 1, middle);
    if (length % 2 == 1) {
      return a[middle];
    }
    double below = a[0];
    for (int i = 1; i < middle; i++) {
      below = Math.max(below, a[i]);
    }
    return (below + a[middle]) / 2;
  }

  /**
   * Moves the value of rank k to a[k], smaller or equal ones before and greater or equal ones
   * behind it. Algorithm SELECT of Floyd and Rivest, Communications of the ACM 18 (1975), 173.
   */
  private static void select(double[] a, int from, int to, int k) {
    int left = from;
    int right = to;
    while (right > left) {
      if (right - left > SAMPLED_FROM) {
        double n = right - left + 1;
        double i = k - left + 1;
        double z = StrictMath.log(n);
        double s = 0.5 * StrictMath.exp(2 * z / 3);
        double sd = 0.5 * Math.sqrt(z * s * (n - s) / n) * Math.signum(i - n / 2);
        int newLeft = Math.max(left, (int) (k - i * s / n + sd));
        int newRight = Math.min(right, (int) (k + (n - i) * s / n + sd));
        select(a, newLeft, newRight, k);
      }
      double pivot = a[k];
      int i = left;
      int j = right;
      swap(a, left, k);
      if (a[right] > pivot) {
        swap(a, left, right);
      }
      while (i < j) {
        swap(a, i, j);
        i++;
        j--;
        while (a[i] < pivot) {
          i++;
        }
        while (a[j] > pivot) {
          j--;
        }
      }
      if (a[left] == pivot) {
        swap(a, left, j);
      } else {
        j++;
        swap(a, j, right);
      }
      if (j <= k) {
        left = j + 1;
      }
      if (k <= j) {
        right = j - 1;
      }
    }
  }

  private static void swap(double[] a, int i, int j) {
    double kept = a[i];
    a[i] = a[j];
    a[j] = kept;
  }
}
