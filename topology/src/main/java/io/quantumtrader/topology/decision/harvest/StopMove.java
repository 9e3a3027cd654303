package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.kernel.KernelPosition;
import io.quantumtrader.topology.decision.kernel.StopsKernel;
import io.quantumtrader.topology.decision.kernel.StopsTheta;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Where the stop goes: the tightest of profit lock and trailing stop.
 *
 * <p>The trailing stop follows the best price at a distance that may be half a percent, often less
 * than the first stop's. Followed from the open on it would replace the risk that the position was
 * sized for and close nearly each one at once. It therefore acts from {@code harvestTrailR} on,
 * when the position has earned what it risks.
 *
 * @param price new stop, quote currency, above 0, tighter than the stop that holds
 * @param trigger PROFIT_LOCK or TRAILING_STOP
 */
record StopMove(BigDecimal price, ExitTrigger trigger) {

  /**
   * Returns the move, if there is one worth an order: tighter than the stop that holds by {@code
   * proposalStepR} of the risk unit or more, and at least a tick on its side of the price (without
   * a known tick: on its side of it).
   *
   * @param current stop that holds, quote currency
   * @param lock break-even of the harvest kernel, if it proposes that
   * @param r profit after costs, in multiples of R
   * @param riskUnit risk per base unit, quote currency
   */
  static Optional<StopMove> of(
      HarvestView view,
      KernelPosition position,
      BigDecimal current,
      OptionalDouble lock,
      double r,
      double riskUnit) {
    Stream<StopMove> locked =
        lock.stream().mapToObj(stop -> rounded(view, stop, ExitTrigger.PROFIT_LOCK));
    Stream<StopMove> trailed =
        r >= view.policy().getHarvestTrailR()
            ? view.state().stream()
                .map(state -> trail(position, state, view.policy()))
                .map(stop -> rounded(view, stop, ExitTrigger.TRAILING_STOP))
            : Stream.empty();
    BigDecimal least = least(view.policy(), riskUnit);
    boolean isLong = view.row().getSide() == PositionSide.LONG;
    return Stream.concat(locked, trailed)
        .filter(move -> move.isOnItsSide(view, isLong))
        .filter(move -> move.isTighterBy(least, current, isLong))
        .reduce(
            (best, move) -> move.isTighterBy(BigDecimal.ZERO, best.price, isLong) ? move : best);
  }

  /** Returns the smallest move that is worth an order, quote currency. */
  static BigDecimal least(Policy policy, double riskUnit) {
    return Decimals.ratio(Math.max(0, policy.getProposalStepR()) * riskUnit);
  }

  /** Returns the trailing part of the stops kernel alone: its gap behind the best price. */
  private static double trail(KernelPosition position, MarketState state, Policy policy) {
    SequencedMap<String, Double> regimes = new LinkedHashMap<>();
    regimes.put("trend", state.getPTrend());
    regimes.put("mr", state.getPMr());
    regimes.put("chop", state.getPChop());
    StopsTheta kernel = StopsTheta.DEFAULT;
    StopsTheta theta =
        new StopsTheta(
            policy.getStopMinPct(),
            kernel.targetMin(),
            kernel.stopFactors(),
            kernel.targetFactors(),
            kernel.trailFactors(),
            kernel.extensionGain(),
            kernel.extensionMax(),
            kernel.monotonic(),
            kernel.eps());
    double gap =
        StopsKernel.propose(
                position.symbol(),
                new StopsKernel.Market(state.getSigma(), state.getTs(), regimes),
                position,
                theta)
            .trailGap();
    return position.side().equals(KernelPosition.LONG)
        ? position.peakPrice() * (1 - gap)
        : position.troughPrice() * (1 + gap);
  }

  /** Rounds to the tick away from the market, so that rounding never brings a stop closer to it. */
  private static StopMove rounded(HarvestView view, double stop, ExitTrigger trigger) {
    BigDecimal exact = Decimals.cash(Decimals.ratio(stop));
    boolean isLong = view.row().getSide() == PositionSide.LONG;
    BigDecimal price =
        view.tick()
            .map(tick -> isLong ? Decimals.floorTo(exact, tick) : Decimals.ceilTo(exact, tick))
            .orElse(exact);
    return new StopMove(price, trigger);
  }

  private boolean isOnItsSide(HarvestView view, boolean isLong) {
    BigDecimal room = isLong ? view.mark().subtract(price) : price.subtract(view.mark());
    return room.signum() > 0 && room.compareTo(view.tick().orElse(BigDecimal.ZERO)) >= 0;
  }

  private boolean isTighterBy(BigDecimal least, BigDecimal than, boolean isLong) {
    BigDecimal move = isLong ? price.subtract(than) : than.subtract(price);
    return move.signum() > 0 && move.compareTo(least) >= 0;
  }
}
