package io.quantumtrader.console.book;

import io.quantumtrader.console.Means;
import io.quantumtrader.schemas.avro.PortfolioState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The money of each account over time. The further back, the rarer its points: where there are too
 * many, every second one of the older half goes.
 */
public final class EquityHistory {

  private final int kept;
  private final Map<String, List<Point>> points = new TreeMap<>();

  /** An account at a step of the clock. */
  public record Point(
      @Means("the step, epoch ms UTC") long atMs,
      @Means("wallet plus unrealised profit, quote currency") double equity,
      @Means("margin in use and reserved over equity; null where it is not known") Double exposure,
      @Means("portfolio heat, fraction; null where it is not known") Double heat,
      @Means("how many positions are open") int openPositions) {}

  /**
   * Creates it, empty.
   *
   * @param kept points of an account, 4 or more
   */
  EquityHistory(int kept) {
    this.kept = kept;
  }

  /** Takes a state; of one step the last counts. */
  void take(PortfolioState state) {
    if (state.getEquity() == null) {
      return;
    }
    List<Point> of = points.computeIfAbsent(state.getAccount(), any -> new ArrayList<>());
    if (!of.isEmpty() && of.getLast().atMs() >= state.getAsOfMs()) {
      of.removeLast();
    }
    of.add(
        new Point(
            state.getAsOfMs(),
            state.getEquity().doubleValue(),
            state.getExposure(),
            state.getHeat(),
            state.getOpenPositions()));
    if (of.size() > kept) {
      thin(of);
    }
  }

  private static void thin(List<Point> of) {
    List<Point> fewer = new ArrayList<>();
    int half = of.size() / 2;
    for (int index = 0; index < of.size(); index++) {
      if (index >= half || index % 2 == 0) {
        fewer.add(of.get(index));
      }
    }
    of.clear();
    of.addAll(fewer);
  }

  /** Returns the points of an account, the oldest first. */
  public List<Point> of(String account) {
    return List.copyOf(points.getOrDefault(account, List.of()));
  }
}
