package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.close.StopOrders;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Operators' orders to tighten stops, each taken up once. */
final class ClockStops {

  private final ReferenceData data;
  private final OperatorAsks asks;

  ClockStops(ReferenceData data, OperatorAsks asks) {
    this.data = data;
    this.asks = asks;
  }

  /**
   * Adds what is due.
   *
   * @param asked positions for which an exit is asked at this step already
   */
  void decide(AccountView view, Set<String> asked, Outcome outcome, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    List<Control> controls = data.controls(view.account(), lookups);
    if (controls.stream().allMatch(control -> control.getStops().isEmpty())) {
      return;
    }
    Function<String, Optional<List<String>>> remaining = asks.remaining(view, controls);
    for (StopOrders.Standing each :
        Deciding.on(
            () -> StopOrders.standing(view, controls, remaining, Set.copyOf(asked), nowMs))) {
      String orderId = each.order().getId();
      outcome.change(new Change.OrderTaken(view.account(), orderId, each.remaining()));
      each.ended().ifPresent(why -> OperatorAsks.denied(view, orderId, why, lookups, outcome));
      each.ask()
          .ifPresent(ask -> asks.decide(ask, CauseType.CONTROL, orderId, view, outcome, nowMs));
    }
  }
}
