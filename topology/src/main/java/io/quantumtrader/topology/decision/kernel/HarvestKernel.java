package io.quantumtrader.topology.decision.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What to take off a position: the ladder, the profit lock and the kill score. Formulas: legacy
 * exit contract, section 5.1.
 */
public final class HarvestKernel {

  private static final double SMALLEST_RISK = 1e-9;
  private static final double SPIKE_WORTH_SAYING = 0.5;
  private static final double DROP_WORTH_SAYING = 0.2;
  private static final double AGE_WORTH_SAYING = 0.5;

  /** What is proposed; the names are the old contract's. */
  public enum Action {
    NONE,
    PARTIAL_25,
    PARTIAL_50,
    PARTIAL_75,
    FULL_CLOSE_PROPOSED
  }

  /**
   * What the kernel proposes.
   *
   * @param action what to close
   * @param newStop tighter stop, quote currency, if any
   * @param r profit after costs over the risk
   * @param riskUnit risk per base unit, quote currency, 1e-9 or more
   * @param cost cost of a round trip per base unit, quote currency
   * @param kill kill score and its components
   * @param reasons reason codes of the old contract, in its order
   * @param trancheWeights softmax of the tranche utilities, for the record
   */
  public record Proposal(
      Action action,
      OptionalDouble newStop,
      double r,
      double riskUnit,
      double cost,
      KillScore kill,
      List<String> reasons,
      List<Double> trancheWeights) {}

  private HarvestKernel() {}

  /**
   * Proposes what to take off.
   *
   * @param position the position; its profit per base unit
   * @param stopDistance stop distance of a stop proposal, fraction of the entry price; empty or 0:
   *     the fallback
   * @throws KernelRefusal where a parameter that is divided by is 0
   */
  public static Proposal propose(
      KernelPosition position,
      KillScore.Market market,
      OptionalDouble stopDistance,
      HarvestTheta theta) {
    return propose(
        position, stopDistance, KillScore.of(market, position.ageSeconds(), theta.kill()), theta);
  }

  /** Proposes what to take off under a kill score that the caller computed. */
  public static Proposal propose(
      KernelPosition position, OptionalDouble stopDistance, KillScore kill, HarvestTheta theta) {
    double distance =
        stopDistance.orElse(0) == 0 ? theta.fallbackStop() : stopDistance.getAsDouble();
    double riskUnit = Arithmetic.larger(position.entryPrice() * distance, SMALLEST_RISK);
    double cost = theta.costBps() / 10_000 * position.entryPrice();
    double r = (position.unrealizedPnl() - cost) / riskUnit;
    List<String> reasons = new ArrayList<>();
    Action action = ladder(r, theta.rungs(), reasons);
    OptionalDouble newStop = lock(position, r, theta);
    if (newStop.isPresent()) {
      reasons.add("profit_lock");
    }
    if (kill.score() >= theta.kill().threshold()) {
      action = Action.FULL_CLOSE_PROPOSED;
      explain(kill, reasons);
    }
    return new Proposal(
        action, newStop, r, riskUnit, cost, kill, List.copyOf(reasons), tranches(theta));
  }

  private static Action ladder(double r, HarvestTheta.Three rungs, List<String> reasons) {
    if (r >= rungs.third()) {
      reasons.add("harvest_partial_75");
      return Action.PARTIAL_75;
    }
    if (r >= rungs.second()) {
      reasons.add("harvest_partial_50");
      return Action.PARTIAL_50;
    }
    if (r >= rungs.first()) {
      reasons.add("harvest_partial_25");
      return Action.PARTIAL_25;
    }
    return Action.NONE;
  }

  /** Returns break-even and a little, where that is tighter than the stop in place. */
  private static OptionalDouble lock(KernelPosition position, double r, HarvestTheta theta) {
    if (!(r >= theta.lock())) {
      return OptionalDouble.empty();
    }
    int direction = position.direction();
    double breakEven = position.entryPrice() * (1 + direction * theta.breakEvenPlus());
    if (position.currentStop().isEmpty()) {
      return OptionalDouble.of(breakEven);
    }
    double current = position.currentStop().getAsDouble();
    boolean tighter = direction > 0 ? breakEven > current : breakEven < current;
    return tighter ? OptionalDouble.of(breakEven) : OptionalDouble.empty();
  }

  private static void explain(KillScore kill, List<String> reasons) {
    reasons.add("kill_score_triggered");
    if (kill.regimeFlip() > 0) {
      reasons.add("regime_flip");
    }
    if (kill.sigmaSpike() > SPIKE_WORTH_SAYING) {
      reasons.add("sigma_spike");
    }
    if (kill.tsDrop() > DROP_WORTH_SAYING) {
      reasons.add("ts_drop");
    }
    if (kill.agePenalty() > AGE_WORTH_SAYING) {
      reasons.add("age_penalty");
    }
  }

  private static List<Double> tranches(HarvestTheta theta) {
    double temperature = theta.temperature();
    if (temperature == 0) {
      throw KernelRefusal.zeroDivision();
    }
    HarvestTheta.Three u = theta.tranches();
    double[] weights =
        Softmax.of(u.first() / temperature, u.second() / temperature, u.third() / temperature);
    return List.of(weights[0], weights[1], weights[2]);
  }
}
