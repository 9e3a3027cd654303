package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Stage;
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
    ExitLayer.View view =
        new ExitLayer.View(
            policy,
            data.tradingState(ask.account(), lookups),
            state.ledger(ask.account(), ask.symbol()),
            state.plans(ask.account()),
            state.attempt(ask.account(), ask.exitKey()),
            data.instrument(ask.symbol(), lookups));
    Basis basis = Basis.of(policy, lookups.list());
    return StageProcessor.decide(() -> ruled(ask, cause, view, basis, nowMs));
  }

  private static Outcome ruled(
      ExitAsk ask, Cause cause, ExitLayer.View view, Basis basis, long nowMs) {
    return switch (ExitLayer.rule(ask, view, nowMs)) {
      case ExitLayer.Denied no ->
          Outcome.of(
              DecisionRecords.denied(Stage.APPLY_LAYER, cause, no.denial(), basis, nowMs));
      case ExitLayer.Granted yes -> {
        ApplyPlan plan = yes.plan().plan();
        yield Outcome.empty()
            .change(new Change.PlanOpen(yes.inFlight()))
            .change(new Change.ExitTried(yes.attempt()))
            .emit(plan)
            .emit(
                Emission.of(
                    DecisionRecords.granted(
                        Stage.APPLY_LAYER,
                        cause.with(plan.getPlanId(), plan.getSide()).of(plan.getQuantity()),
                        yes.code(),
                        yes.plan().numbers(),
                        basis,
                        nowMs)));
      }
    };
  }
}
