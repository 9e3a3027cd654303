package io.quantumtrader.bench.measure;

/** The median of all pairwise slopes by selection among them: what the kernel is set against. */
final class AllSlopes {

  private final double[] slopes = new double[256 * 255 / 2];

  /**
   * Returns the median, the mean of the two middle ones of an even number.
   *
   * @param y the points are y[from] to y[from + n - 1], at 0, 1, 2, ...
   * @param n 2 to 256
   */
  double median(double[] y, int from, int n) {
    int count = 0;
    for (int lag = 1; lag < n; lag++) {
      double distance = lag;
      for (int i = 0; i < n - lag; i++) {
        slopes[count + i] = (y[from + lag + i] - y[from + i]) / distance;
      }
      count += n - lag;
    }
    int middle = count / 2;
    select(count, middle);
    if (count % 2 == 1) {
      return slopes[middle];
    }
    double below = slopes[0];
    for (int i = 1; i < middle; i++) {
      below = Math.max(below, slopes[i]);
    }
    return (below + slopes[middle]) / 2;
  }

  /** Moves the value of a rank to its place, smaller ones before it (Hoare's FIND). */
  private void select(int count, int rank) {
    int left = 0;
    int right = count - 1;
    while (left < right) {
      double pivot = slopes[rank];
      int i = left;
      int j = right;
      while (i <= j) {
        while (slopes[i] < pivot) {
          i++;
        }
        while (slopes[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double kept = slopes[i];
          slopes[i++] = slopes[j];
          slopes[j--] = kept;
        }
      }
      left = j < rank ? i : left;
      right = rank < i ? j : right;
    }
  }
}
