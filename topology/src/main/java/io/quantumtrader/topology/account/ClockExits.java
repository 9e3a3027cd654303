package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Deciding;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Exits that a step of the clock makes due: what operators ordered, and the liquidation guard. */
final class ClockExits {

  private final ReferenceData data;
  private final OperatorAsks asks;
  private final ClockReductions reductions;
  private final ClockStops stops;

  ClockExits(AccountState state, ReferenceData data) {
    this.data = data;
    this.asks = new OperatorAsks(state, data);
    this.reductions = new ClockReductions(data, asks);
    this.stops = new ClockStops(data, asks);
  }

  /**
   * Returns what is due. What closes a position comes before what only closes a part of it, and a
   * stop is moved last: of two exits at one step the first counts.
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
        asks.decide(ask, CauseType.CLOCK, Long.toString(nowMs), view, outcome, nowMs);
      }
    }
    reductions.decide(view, money, asked, outcome, nowMs);
    stops.decide(view, asked, outcome, nowMs);
    return outcome;
  }

  /**
   * Returns what operators ordered that does not hang on the clock. An exposure does: equity is as
   * old as the clock says, so an order to reduce one waits for it.
   */
  Outcome decideOrders(AccountView view, long nowMs) {
    Outcome outcome = Outcome.empty();
    Set<String> asked = ordered(view, outcome, nowMs);
    stops.decide(view, asked, outcome, nowMs);
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
          asks.decide(ask, CauseType.CONTROL, orderId, view, outcome, nowMs);
        }
      }
    }
    return asked;
  }

  private List<ManualCloses.Standing> standing(AccountView view, long nowMs) {
    List<Control> controls = data.controls(view.account(), new Lookups(nowMs));
    Function<String, Optional<List<String>>> remaining = asks.remaining(view, controls);
    return Deciding.on(
        () -> ManualCloses.standing(view, controls, remaining, view.policy().getDedupeMs(), nowMs));
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
