package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.close.ExitAsk;
import io.quantumtrader.topology.decision.close.Reductions;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Operators' orders to reduce an account, which go on with each step of the clock. */
final class ClockReductions {

  private final ReferenceData data;
  private final OperatorAsks asks;

  ClockReductions(ReferenceData data, OperatorAsks asks) {
    this.data = data;
    this.asks = asks;
  }

  /**
   * Adds what is due.
   *
   * @param money the account's money at this step; empty where it cannot be reckoned
   * @param asked positions for which an exit is asked already; those asked for here are added
   */
  void decide(
      AccountView view,
      Optional<PortfolioState> money,
      Set<String> asked,
      Outcome outcome,
      long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    List<Control> controls = data.controls(view.account(), lookups);
    if (controls.stream().allMatch(control -> control.getReduces().isEmpty())) {
      return;
    }
    Function<String, Optional<List<String>>> remaining = asks.remaining(view, controls);
    Map<String, Optional<Instrument>> filters = filters(view);
    Reductions.View seen =
        new Reductions.View(
            view,
            money,
            Set.copyOf(asked),
            symbol -> filters.getOrDefault(symbol, Optional.empty()));
    for (Reductions.Standing each :
        Deciding.on(() -> Reductions.standing(seen, controls, remaining, nowMs))) {
      String orderId = each.order().getId();
      outcome.change(new Change.OrderTaken(view.account(), orderId, each.remaining()));
      each.ended().ifPresent(why -> end(view, orderId, why, lookups, outcome));
      for (ExitAsk ask : each.asks()) {
        if (asked.add(ask.positionId())) {
          asks.decide(ask, CauseType.CONTROL, orderId, view, outcome, nowMs);
        }
      }
    }
  }

  private static void end(
      AccountView view, String orderId, Finding why, Lookups lookups, Outcome outcome) {
    if (why.code() == ReasonCode.EXPOSURE_REACHED) {
      OperatorAsks.reached(view, orderId, why, lookups, outcome);
    } else {
      OperatorAsks.denied(view, orderId, why, lookups, outcome);
    }
  }

  /** The row that a plan is made with is noted where it is made. */
  private Map<String, Optional<Instrument>> filters(AccountView view) {
    Map<String, Optional<Instrument>> filters = new HashMap<>();
    for (PositionLedger row : view.rows()) {
      filters.put(row.getSymbol(), data.instrument(row.getSymbol(), new Lookups(0)));
    }
    return filters;
  }
}
