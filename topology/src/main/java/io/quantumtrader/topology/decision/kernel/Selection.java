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
    double upper = select(a, length, middle);
    return length % 2 == 1 ? upper : (largest(a, middle) + upper) / 2;
  }

  /**
   * Returns the value of a rank; those of smaller ranks lie before it afterwards.
   *
   * @param a values without NaN; reordered
   * @param length how many of them there are, 1 or more
   * @param rank 0 to length - 1
   */
  static double select(double[] a, int length, int rank) {
    select(a, 0, length - 1, rank);
    return a[rank];
  }

  /** Returns the largest of a[0] to a[end - 1]. */
  static double largest(double[] a, int end) {
    double largest = a[0];
    for (int i = 1; i < end; i++) {
      largest = Math.max(largest, a[i]);
    }
    return largest;
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
