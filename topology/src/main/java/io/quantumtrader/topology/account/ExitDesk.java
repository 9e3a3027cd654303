package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Restrictions;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.close.ClosePlan;
import io.quantumtrader.topology.decision.close.ExitAsk;
import io.quantumtrader.topology.decision.close.ExitLayer;

/** Decides about exits that no intent asked for, for each stage that asks for one. */
final class ExitDesk {

  private final AccountState state;
  private final ReferenceData data;

  ExitDesk(AccountState state, ReferenceData data) {
    this.state = state;
    this.data = data;
  }

  /** Returns what becomes of an exit: one decision, and a plan where it is granted. */
  Outcome decide(ExitAsk ask, Cause cause, Policy policy, Lookups lookups, long nowMs) {
    Restrictions restrictions = data.restrictions(ask.account(), lookups);
    ExitLayer.View view =
        new ExitLayer.View(
            policy,
            restrictions.tradingState(),
            restrictions.locks(),
            state.ledger(ask.account(), ask.symbol()),
            state.plans(ask.account()),
            state.attempt(ask.account(), ask.exitKey()),
            data.instrument(ask.symbol(), lookups));
    Basis basis = Basis.of(policy, lookups.list());
    return StageProcessor.decide(
        () -> outcome(ExitLayer.rule(ask, view, nowMs), cause, basis, nowMs));
  }

  /** Returns what follows from a close that was planned, or denied. */
  static Outcome outcome(GateResult<ClosePlan> result, Cause cause, Basis basis, long nowMs) {
    return result.fold(
        why -> Outcome.of(DecisionRecords.denied(Stage.APPLY_LAYER, cause, why, basis, nowMs)),
        close -> granted(close, cause, basis, nowMs));
  }

  /** Returns what follows where nothing can be decided about an exit: a decision that says so. */
  static Outcome failed(DecisionFailedException failure, Cause cause, Basis basis, long nowMs) {
    Numbers numbers = Numbers.none().and("error", String.valueOf(failure.getMessage()));
    return Outcome.of(
        DecisionRecords.denied(
            Stage.APPLY_LAYER, cause, new Finding(failure.code(), numbers), basis, nowMs));
  }

  private static Outcome granted(ClosePlan close, Cause cause, Basis basis, long nowMs) {
    ApplyPlan plan = close.plan();
    Decision decision =
        DecisionRecords.granted(
            Stage.APPLY_LAYER,
            cause.with(plan.getPlanId(), plan.getSide()).of(plan.getQuantity()),
            close.code(),
            close.numbers(),
            basis,
            nowMs);
    Outcome outcome = Outcome.empty().change(new Change.PlanOpen(close.inFlight()));
    close.attempt().map(Change.ExitTried::new).ifPresent(outcome::change);
    return outcome.emit(plan).emit(Emission.of(decision));
  }
}
