package io.quantumtrader.replay.result;

import io.quantumtrader.schemas.avro.PortfolioState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Folds the states of the accounts' portfolios into one curve. For one thread. */
final class EquityFold {

  private final Map<String, PortfolioState> last = new TreeMap<>();
  private final List<EquityPoint> points = new ArrayList<>();

  /** Takes a state; of one step and account the last counts. States come in the order of time. */
  void take(PortfolioState state) {
    if (state.getEquity() == null) {
      return;
    }
    last.put(state.getAccount(), state);
    EquityPoint point = point(state.getAsOfMs());
    if (!points.isEmpty() && points.getLast().atMs() == point.atMs()) {
      points.removeLast();
    }
    points.add(point);
  }

  /** Drawdown is left out: within one step equity is not what it will be. */
  private EquityPoint point(long atMs) {
    double equity = 0;
    double margin = 0;
    double heat = 0;
    int open = 0;
    for (PortfolioState each : last.values()) {
      double own = each.getEquity().doubleValue();
      equity += own;
      margin += each.getMarginInUse().add(each.getMarginReserved()).doubleValue();
      heat += each.getHeat() == null ? 0 : each.getHeat() * own;
      open += each.getOpenPositions();
    }
    boolean solvent = equity > 0;
    return new EquityPoint(
        atMs, equity, 0, solvent ? margin / equity : 0, solvent ? heat / equity : 0, open);
  }

  /** Begins the curve at the last step so far. */
  void beginHere() {
    if (points.size() > 1) {
      points.subList(0, points.size() - 1).clear();
    }
  }

  EquityCurve curve() {
    List<EquityPoint> all = new ArrayList<>(points.size());
    double peak = 0;
    for (EquityPoint point : points) {
      peak = Math.max(peak, point.equity());
      all.add(withDrawdown(point, peak));
    }
    return new EquityCurve(all);
  }

  private static EquityPoint withDrawdown(EquityPoint point, double peak) {
    double drawdown = peak > 0 ? (peak - point.equity()) / peak : 0;
    return new EquityPoint(
        point.atMs(), point.equity(), drawdown, point.exposure(), point.heat(), point.open());
  }
}
