package io.quantumtrader.replay.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The equity of all accounts beside the model's, step by step. The model has the same orders with
 * the same quantities at its own prices, fees and funding, so that the difference at a step is what
 * those came to by then.
 *
 * @param points ascending by time; empty where the pipeline told no equity in that time
 */
public record EquityDifference(List<Point> points) {

  /**
   * A step.
   *
   * @param atMs epoch milliseconds UTC
   * @param equity the pipeline's, quote currency
   * @param difference the pipeline's less the model's, quote currency
   */
  public record Point(long atMs, double equity, double difference) {

    /** Returns the model's equity, quote currency. */
    public double model() {
      return equity - difference;
    }
  }

  public EquityDifference {
    points = List.copyOf(points);
  }

  /** Returns the index of the point with the largest difference; empty where there is none. */
  public OptionalInt largest() {
    int largest = -1;
    for (int i = 0; i < points.size(); i++) {
      boolean larger =
          largest < 0
              || Math.abs(points.get(i).difference()) > Math.abs(points.get(largest).difference());
      largest = larger ? i : largest;
    }
    return largest < 0 ? OptionalInt.empty() : OptionalInt.of(largest);
  }

  /**
   * Returns some of the points, evenly spread, the first and the last among them.
   *
   * @param most how many at the most, 2 or more
   */
  public List<Point> sampled(int most) {
    if (points.size() <= most) {
      return points;
    }
    List<Point> sampled = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      sampled.add(points.get((int) ((long) i * (points.size() - 1) / (most - 1))));
    }
    return sampled;
  }
}
