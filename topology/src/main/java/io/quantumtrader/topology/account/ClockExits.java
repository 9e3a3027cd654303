package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.close.ExitAsk;
import io.quantumtrader.topology.decision.close.LiquidationGuard;
import io.quantumtrader.topology.decision.close.ManualCloses;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Exits that a step of the clock makes due: what operators ordered, and the liquidation guard. */
final class ClockExits {

  private final AccountState state;
  private final ReferenceData data;
  private final ExitDesk desk;

  ClockExits(AccountState state, ReferenceData data) {
    this.state = state;
    this.data = data;
    this.desk = new ExitDesk(state, data);
  }

  /**
   * Returns what is due.
   *
   * @param money the account's money at this step; empty where it cannot be reckoned, which leaves
   *     what operators ordered
   */
  Outcome decide(AccountView view, Optional<PortfolioState> money, long nowMs) {
    Outcome outcome = Outcome.empty();
    Set<String> asked = ordered(view, outcome, nowMs);
    List<ExitAsk> guarded =
        Deciding.on(
            () -> money.map(each -> LiquidationGuard.due(view, each, nowMs)).orElse(List.of()));
    for (ExitAsk ask : guarded) {
      if (asked.add(ask.positionId())) {
        decide(ask, CauseType.CLOCK, Long.toString(nowMs), view, outcome, nowMs);
      }
    }
    return outcome;
  }

  /** Returns what operators ordered, and nothing else: that does not hang on the clock. */
  Outcome decideOrders(AccountView view, long nowMs) {
    Outcome outcome = Outcome.empty();
    ordered(view, outcome, nowMs);
    return outcome;
  }

  private Set<String> ordered(AccountView view, Outcome outcome, long nowMs) {
    Set<String> asked = new HashSet<>();
    for (ManualCloses.Standing each : standing(view, nowMs)) {
      String orderId = each.order().getId();
      outcome.change(new Change.OrderTaken(view.account(), orderId, each.remaining()));
      if (each.isNew() && each.remaining().isEmpty()) {
        outcome.emit(Emission.of(nothingToClose(view, each.order(), nowMs)));
      }
      for (ExitAsk ask : each.asks()) {
        if (asked.add(ask.positionId())) {
          decide(ask, CauseType.CONTROL, orderId, view, outcome, nowMs);
        }
      }
    }
    return asked;
  }

  private List<ManualCloses.Standing> standing(AccountView view, long nowMs) {
    List<Control> controls = data.controls(view.account(), new Lookups(nowMs));
    Map<String, List<String>> remaining = new HashMap<>();
    for (Control control : controls) {
      for (ManualClose order : control.getCloses()) {
        state
            .remaining(view.account(), order.getId())
            .ifPresent(left -> remaining.put(order.getId(), left));
      }
    }
    return Deciding.on(
        () ->
            ManualCloses.standing(
                view,
                controls,
                id -> Optional.ofNullable(remaining.get(id)),
                view.policy().getDedupeMs(),
                nowMs));
  }

  private void decide(
      ExitAsk ask, CauseType type, String causeId, AccountView view, Outcome outcome, long nowMs) {
    Cause cause =
        Cause.of(view.account(), type, causeId + "/" + ask.positionId(), 1).in(ask.symbol());
    try {
      outcome.and(desk.decide(ask, cause, view.policy(), new Lookups(nowMs), nowMs));
    } catch (DecisionFailedException failed) {
      // One position that cannot be decided about holds no other one's exit back.
      outcome.and(ExitDesk.failed(failed, cause, Basis.of(view.policy(), List.of()), nowMs));
    }
  }

  private static Decision nothingToClose(AccountView view, ManualClose order, long nowMs) {
    Numbers numbers =
        Numbers.none()
            .and("symbol", order.getSymbol())
            .and("openPositions", (long) view.positions().size());
    return DecisionRecords.denied(
        Stage.APPLY_LAYER,
        Cause.of(view.account(), CauseType.CONTROL, order.getId(), 1),
        new Finding(ReasonCode.NOTHING_TO_CLOSE, numbers),
        Basis.of(view.policy(), List.of()),
        nowMs);
  }
}
