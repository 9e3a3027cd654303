package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.PlanIds;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.SymbolLocks;
import io.quantumtrader.topology.decision.heat.HeatGate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The apply layer for exits that no intent asked for: proposals, an operator's closes, the
 * liquidation guard. Universe, churn and limits on opening have no say here.
 *
 * <p>The price is the one that the exit was asked for at. The table of market states is not looked
 * at: whether it holds the state that led to a proposal already, when the proposal is here, is
 * chance, and the same input has to give the same plan.
 */
public final class ExitLayer {

  private ExitLayer() {}

  /**
   * What is looked at.
   *
   * @param policy policy that holds
   * @param tradingState trading state that holds
   * @param locks operators' locks of symbols, of any symbol
   * @param position ledger row of the symbol, open or flat
   * @param openPlans plans of the account without a final result
   * @param attempt what is known of earlier plans for this same exit
   * @param instrument the exchange's filters for the symbol
   */
  public record View(
      Policy policy,
      TradingState tradingState,
      List<SymbolLock> locks,
      Optional<PositionLedger> position,
      Collection<OpenPlan> openPlans,
      Optional<ExitAttempt> attempt,
      Optional<Instrument> instrument) {}

  /**
   * Returns the plan of an exit, or why there is none.
   *
   * @param nowMs the account's clock, epoch ms
   */
  public static GateResult<ClosePlan> rule(ExitAsk ask, View view, long nowMs) {
    Optional<Finding> refused = refuse(ask, view, nowMs);
    if (refused.isPresent()) {
      return GateResult.denied(refused.get());
    }
    int attempt = view.attempt().map(ExitAttempt::getAttempt).orElse(0);
    String planId = PlanIds.ofExit(ask.account(), ask.exitKey(), attempt);
    Optional<Finding> duplicate = duplicate(planId, view, nowMs);
    if (duplicate.isPresent()) {
      return GateResult.denied(duplicate.get());
    }
    PositionLedger position = view.position().orElseThrow();
    return GateResult.granted(
        ExitPlan.of(ask, planId, attempt, position, view, nowMs)
            .with(new ExitAttempt(ask.account(), ask.exitKey(), attempt, planId, nowMs)));
  }

  private static Optional<Finding> refuse(ExitAsk ask, View view, long nowMs) {
    return Stream.<Supplier<Optional<Finding>>>of(
            () -> position(ask, view),
            () -> action(ask),
            () -> age(ask, view, nowMs),
            () -> tradingState(ask, view),
            () -> SymbolLocks.ofExits(view.locks(), ask.symbol(), ask.trigger(), nowMs),
            () -> inFlight(ask, view, nowMs),
            () -> rung(ask, view),
            () -> stop(ask, view))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Finding> position(ExitAsk ask, View view) {
    Optional<PositionLedger> open = view.position().filter(Sides::isOpen);
    if (open.filter(row -> row.getPositionId().equals(ask.positionId())).isPresent()) {
      return Optional.empty();
    }
    return deny(
        ReasonCode.POSITION_CHANGED,
        Numbers.none()
            .and("proposedFor", ask.positionId())
            .and("open", open.map(PositionLedger::getPositionId).orElse("")));
  }

  private static Optional<Finding> action(ExitAsk ask) {
    if (ask.trigger() == ExitTrigger.UNRECOGNIZED) {
      return deny(ReasonCode.ACTION_UNKNOWN, numbers(ask).and("trigger", ask.trigger().name()));
    }
    return switch (ask.action().kind()) {
      case HOLD ->
          deny(ask.held().flatMap(ReasonCode::named).orElse(ReasonCode.ACTION_HOLD), numbers(ask));
      case UNKNOWN -> deny(ReasonCode.ACTION_UNKNOWN, numbers(ask));
      case MOVE_STOP ->
          ask.newStop().isPresent()
              ? Optional.empty()
              : deny(ReasonCode.STOP_MISSING, numbers(ask));
      case FULL_CLOSE, PARTIAL_CLOSE -> Optional.empty();
    };
  }

  /** What protects is never too old: the position is still open, and that is what counts. */
  private static Optional<Finding> age(ExitAsk ask, View view, long nowMs) {
    long ageMs = nowMs - ask.atMs();
    if (HeatGate.isProtective(ask.trigger()) || ageMs <= view.policy().getIntentMaxAgeMs()) {
      return Optional.empty();
    }
    return deny(
        ReasonCode.PROPOSAL_STALE,
        Numbers.none().and("ageMs", ageMs).and("maximumMs", view.policy().getIntentMaxAgeMs()));
  }

  private static Optional<Finding> tradingState(ExitAsk ask, View view) {
    boolean halted = view.tradingState() == TradingState.HALTED;
    return halted && !HeatGate.isProtective(ask.trigger())
        ? deny(
            ReasonCode.TRADING_HALTED,
            Numbers.none()
                .and("tradingState", view.tradingState().name())
                .and("trigger", ask.trigger().name()))
        : Optional.empty();
  }

  private static Optional<Finding> inFlight(ExitAsk ask, View view, long nowMs) {
    return CloseInFlight.holdingBack(view.openPlans(), ask.positionId(), ask.trigger())
        .map(other -> CloseInFlight.denial(other, nowMs));
  }

  private static Optional<Finding> rung(ExitAsk ask, View view) {
    List<Integer> taken = view.position().orElseThrow().getRungsTaken();
    return ask.trigger() == ExitTrigger.RUNG && taken.contains(ask.rung())
        ? deny(ReasonCode.RUNG_TAKEN, Numbers.none().and("rung", (long) ask.rung()))
        : Optional.empty();
  }

  private static Optional<Finding> stop(ExitAsk ask, View view) {
    if (ask.action().kind() != ExitAction.Kind.MOVE_STOP) {
      return Optional.empty();
    }
    return StopCheck.flaw(
        ask.newStop().orElseThrow(), view.position().orElseThrow(), ask.price(), view.instrument());
  }

  private static Optional<Finding> duplicate(String planId, View view, long nowMs) {
    return view.attempt()
        .filter(last -> last.getPlanId().equals(planId))
        .filter(last -> nowMs - last.getAtMs() < view.policy().getDedupeMs())
        .flatMap(
            last ->
                deny(
                    ReasonCode.PLAN_DUPLICATE,
                    Numbers.none()
                        .and("planId", planId)
                        .and("grantedMsAgo", nowMs - last.getAtMs())));
  }

  private static Numbers numbers(ExitAsk ask) {
    Numbers numbers = Numbers.none();
    if (ask.rNet().isPresent()) {
      numbers = numbers.and("rNet", ask.rNet().getAsDouble());
    }
    if (ask.killScore().isPresent()) {
      numbers = numbers.and("killScore", ask.killScore().getAsDouble());
    }
    return numbers.andNotes(ask.action().note().stream().toList());
  }

  private static Optional<Finding> deny(ReasonCode code, Numbers numbers) {
    return Optional.of(new Finding(code, numbers));
  }
}
