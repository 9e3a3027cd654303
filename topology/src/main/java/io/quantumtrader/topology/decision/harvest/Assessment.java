package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.kernel.HarvestKernel;
import io.quantumtrader.topology.decision.kernel.HarvestTheta;
import io.quantumtrader.topology.decision.kernel.KernelPosition;
import io.quantumtrader.topology.decision.kernel.KillScore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What speaks for leaving a position, and by how much of it.
 *
 * @param kernel what the harvest kernel says: R, costs, kill score
 * @param move where the stop goes, if it goes anywhere
 * @param exit what is proposed
 * @param reasons reason codes of the old contract
 */
record Assessment(
    HarvestKernel.Proposal kernel, Optional<StopMove> move, Exit exit, List<String> reasons) {

  private static final double MS_PER_SECOND = 1_000;
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final String LOCK = "profit_lock";
  private static final String TRAIL = "trail_active";
  private static final String PARTIAL = "harvest_partial_";

  static Assessment of(HarvestView view) {
    PositionLedger row = view.row();
    Policy policy = view.policy();
    BigDecimal stop = OpenRisk.stop(row, policy);
    KernelPosition position = position(view, stop);
    KillScore kill =
        view.state()
            .map(state -> PositionKillScore.of(row, view.snapshot().getAgeMs(), state, policy))
            .orElse(PositionKillScore.UNKNOWN);
    double threshold = view.state().isPresent() ? policy.getKillThreshold() : NEVER;
    HarvestKernel.Proposal kernel =
        HarvestKernel.propose(
            position,
            OptionalDouble.of(OpenRisk.distance(row, policy)),
            kill,
            theta(policy, threshold));
    Optional<StopMove> move =
        StopMove.of(view, position, stop, kernel.newStop(), kernel.r(), kernel.riskUnit());
    Optional<Ladder.Rung> rung = Ladder.next(kernel.r(), row.getRungsTaken(), policy);
    Optional<ExitTrigger> hit = Exit.hit(view, stop);
    return new Assessment(
        kernel,
        move,
        Exit.first(hit, kill.score() >= threshold, rung, move),
        reasons(hit, rung, move, kernel));
  }

  /** Profit goes in per base unit, as the kernel's risk and costs are; the total would scale R. */
  private static KernelPosition position(HarvestView view, BigDecimal stop) {
    PositionLedger row = view.row();
    OpenPosition prices = view.position();
    double gain = view.mark().subtract(row.getEntryPrice()).doubleValue();
    return new KernelPosition(
        row.getSymbol(),
        Sides.direction(row.getSide()) > 0 ? KernelPosition.LONG : KernelPosition.SHORT,
        row.getEntryPrice().doubleValue(),
        view.mark().doubleValue(),
        prices.getPeakPrice().doubleValue(),
        prices.getTroughPrice().doubleValue(),
        view.snapshot().getAgeMs() / MS_PER_SECOND,
        Sides.direction(row.getSide()) * gain,
        OptionalDouble.of(stop.doubleValue()));
  }

  /** The kernel's own ladder stays out of reach: it knows neither rungs taken nor other shares. */
  private static HarvestTheta theta(Policy policy, double threshold) {
    HarvestTheta kernel = HarvestTheta.DEFAULT;
    HarvestTheta.Kill kill = kernel.kill();
    return new HarvestTheta(
        OpenRisk.fallback(policy),
        policy.getHarvestCostBps(),
        new HarvestTheta.Three(NEVER, NEVER, NEVER),
        kernel.tranches(),
        kernel.temperature(),
        policy.getHarvestLockR(),
        policy.getHarvestBreakEvenPlus(),
        new HarvestTheta.Kill(
            kill.trendMin(),
            kill.sigmaReference(),
            kill.sigmaSpikeCap(),
            kill.tsReference(),
            kill.tsDropCap(),
            kill.maxAgeSeconds(),
            kill.flipWeight(),
            kill.sigmaWeight(),
            kill.tsWeight(),
            kill.ageWeight(),
            threshold));
  }

  /** What was hit, then the old contract's order: rung, stop, kill score and its components. */
  private static List<String> reasons(
      Optional<ExitTrigger> hit,
      Optional<Ladder.Rung> rung,
      Optional<StopMove> move,
      HarvestKernel.Proposal kernel) {
    List<String> reasons = new ArrayList<>();
    hit.map(Exit::reason).ifPresent(reasons::add);
    rung.map(reached -> PARTIAL + reached.percent()).ifPresent(reasons::add);
    move.map(moved -> moved.trigger() == ExitTrigger.PROFIT_LOCK ? LOCK : TRAIL)
        .ifPresent(reasons::add);
    kernel.reasons().stream().filter(reason -> !reason.equals(LOCK)).forEach(reasons::add);
    return List.copyOf(reasons);
  }
}
