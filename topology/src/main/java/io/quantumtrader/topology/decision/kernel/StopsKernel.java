package io.quantumtrader.topology.decision.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Where stop and target belong. Formulas: legacy exit contract, section 4.1. */
public final class StopsKernel {

  private static final List<String> REGIMES = List.of("trend", "mr", "chop");
  private static final double EXTENSION_TREND = 0.3;
  private static final double EXTENSION_TS = 0.1;

  /**
   * The market as this kernel sees it.
   *
   * @param sigma volatility per interval
   * @param ts trend strength
   * @param regimes probability by regime, in the order in which a tie is decided
   */
  public record Market(double sigma, double ts, SequencedMap<String, Double> regimes) {}

  /**
   * What the kernel proposes.
   *
   * @param stop stop price, quote currency
   * @param target target price, quote currency
   * @param reasons reason codes of the old contract, in its order
   * @param stopDistance stop distance, fraction of the price
   * @param targetDistance target distance, fraction of the price
   * @param trailGap trailing distance, fraction of peak or trough
   */
  public record Proposal(
      double stop,
      double target,
      List<String> reasons,
      double stopDistance,
      double targetDistance,
      double trailGap) {}

  private StopsKernel() {}

  /**
   * Proposes stop and target. Nothing holds a trailing stop on its side of the price: with a far
   * peak it may lie beyond it, and who acts on it has to look.
   *
   * @param symbol symbol that the proposal is for
   * @throws KernelRefusal where the position is of another symbol, its side is neither LONG nor
   *     SHORT, or no regime is given
   */
  public static Proposal propose(
      String symbol, Market market, KernelPosition position, StopsTheta theta) {
    if (!symbol.equals(position.symbol())) {
      throw KernelRefusal.value("Symbol mismatch: " + symbol + " != " + position.symbol());
    }
    if (!position.side().equals(KernelPosition.LONG)
        && !position.side().equals(KernelPosition.SHORT)) {
      throw KernelRefusal.value("Invalid side: " + position.side());
    }
    double extension = extension(market, theta);
    double stopDistance = distance(theta.stopMin(), theta.stopFactors(), market);
    double trailGap = distance(theta.stopMin(), theta.trailFactors(), market);
    double targetDistance =
        Arithmetic.larger(
            theta.targetMin(),
            weighted(theta.targetFactors(), market.regimes()) * market.sigma() * extension);
    List<String> reasons = new ArrayList<>();
    double stop = stop(position, stopDistance, trailGap, theta, reasons);
    reasons.add("regime_" + likeliest(market.regimes()));
    if (extension > 1 + theta.eps()) {
      reasons.add("tp_extended");
    }
    double target = position.currentPrice() * (1 + position.direction() * targetDistance);
    return new Proposal(stop, target, List.copyOf(reasons), stopDistance, targetDistance, trailGap);
  }

  private static double distance(double smallest, Map<String, Double> factors, Market market) {
    return Arithmetic.larger(smallest, weighted(factors, market.regimes()) * market.sigma());
  }

  private static double weighted(Map<String, Double> factors, Map<String, Double> regimes) {
    double sum = 0;
    for (String regime : REGIMES) {
      sum += factors.getOrDefault(regime, 1.0) * regimes.getOrDefault(regime, 0.0);
    }
    return sum;
  }

  private static double extension(Market market, StopsTheta theta) {
    double trend = market.regimes().getOrDefault("trend", 0.0);
    if (!(trend > EXTENSION_TREND && market.ts() > EXTENSION_TS)) {
      return 1;
    }
    double gain = theta.extensionGain() * Arithmetic.clamp(market.ts(), 0, 1) * trend;
    return 1 + Arithmetic.smaller(gain, theta.extensionMax());
  }

  /** Returns the tighter of the plain and the trailing stop, never looser than the current one. */
  private static double stop(
      KernelPosition position,
      double stopDistance,
      double trailGap,
      StopsTheta theta,
      List<String> reasons) {
    int direction = position.direction();
    double raw = position.currentPrice() * (1 - direction * stopDistance);
    double extreme = direction > 0 ? position.peakPrice() : position.troughPrice();
    double trail = extreme * (1 - direction * trailGap);
    double stop = direction > 0 ? Arithmetic.larger(raw, trail) : Arithmetic.smaller(raw, trail);
    if (tighter(trail, raw, direction, theta.eps())) {
      reasons.add("trail_active");
    }
    if (!theta.monotonic() || position.currentStop().isEmpty()) {
      return stop;
    }
    double current = position.currentStop().getAsDouble();
    if (tighter(current, stop, direction, theta.eps())) {
      reasons.add("sl_tightened_monotonic");
      return current;
    }
    if (tighter(stop, current, direction, theta.eps())) {
      reasons.add("sl_tightening");
    }
    return stop;
  }

  private static boolean tighter(double stop, double than, int direction, double eps) {
    return direction > 0 ? stop > than + eps : stop < than - eps;
  }

  private static String likeliest(SequencedMap<String, Double> regimes) {
    if (regimes.isEmpty()) {
      throw KernelRefusal.value("max() arg is an empty sequence");
    }
    Map.Entry<String, Double> best = regimes.firstEntry();
    for (Map.Entry<String, Double> regime : regimes.entrySet()) {
      if (regime.getValue() > best.getValue()) {
        best = regime;
      }
    }
    return best.getKey();
  }
}
