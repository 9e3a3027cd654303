package io.quantumtrader.replay.result;

import java.util.ArrayList;
import java.util.List;

/**
 * Equity, exposure and heat over the steps of a run.
 *
 * @param points ascending by time, one for each step
 */
public record EquityCurve(List<EquityPoint> points) {

  public EquityCurve {
    points = List.copyOf(points);
  }

  /** Returns the deepest drawdown, 0 to 1. */
  public double maxDrawdown() {
    return points.stream().mapToDouble(EquityPoint::drawdown).max().orElse(0);
  }

  /** Returns the highest exposure, 0 or more. */
  public double maxExposure() {
    return points.stream().mapToDouble(EquityPoint::exposure).max().orElse(0);
  }

  /** Returns the exposure on average over the steps, 0 or more. */
  public double averageExposure() {
    return points.stream().mapToDouble(EquityPoint::exposure).average().orElse(0);
  }

  /** Returns the highest heat, 0 or more. */
  public double maxHeat() {
    return points.stream().mapToDouble(EquityPoint::heat).max().orElse(0);
  }

  /** Returns the share of the steps at which something was open, 0 to 1. */
  public double timeInMarket() {
    return points.stream().mapToDouble(point -> point.open() > 0 ? 1 : 0).average().orElse(0);
  }

  /**
   * Returns what equity returned from one period to the next: its values at the last step of each
   * period of the clock, and at the first step of all.
   *
   * @param periodMs length of a period, milliseconds, above 0
   */
  public double[] returns(long periodMs) {
    List<Double> ends = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      long period = Math.floorDiv(points.get(i).atMs(), periodMs);
      boolean last =
          i + 1 == points.size() || Math.floorDiv(points.get(i + 1).atMs(), periodMs) != period;
      if (i == 0 || last) {
        ends.add(points.get(i).equity());
      }
    }
    double[] returns = new double[Math.max(0, ends.size() - 1)];
    for (int i = 0; i < returns.length; i++) {
      returns[i] = ends.get(i) > 0 ? ends.get(i + 1) / ends.get(i) - 1 : 0;
    }
    return returns;
  }

  /**
   * Returns the curve with fewer points: of so many neighbours the last, with the deepest drawdown
   * and the highest exposure and heat among them.
   *
   * @param most how many there may be, 1 or more
   */
  public EquityCurve thinned(int most) {
    if (points.size() <= most) {
      return this;
    }
    List<EquityPoint> fewer = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) i * points.size() / most);
      int to = (int) ((long) (i + 1) * points.size() / most);
      fewer.add(together(points.subList(from, to)));
    }
    return new EquityCurve(fewer);
  }

  private static EquityPoint together(List<EquityPoint> neighbours) {
    EquityCurve part = new EquityCurve(neighbours);
    EquityPoint last = neighbours.getLast();
    return new EquityPoint(
        last.atMs(),
        last.equity(),
        part.maxDrawdown(),
        part.maxExposure(),
        part.maxHeat(),
        neighbours.stream().mapToInt(EquityPoint::open).max().orElse(0));
  }
}
