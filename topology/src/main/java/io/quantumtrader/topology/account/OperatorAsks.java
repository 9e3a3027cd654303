package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.close.ExitAsk;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the kinds of operators' orders have in common: how far each is, and how it is recorded. */
final class OperatorAsks {

  private final AccountState state;
  private final ExitDesk desk;

  OperatorAsks(AccountState state, ReferenceData data) {
    this.state = state;
    this.desk = new ExitDesk(state, data);
  }

  /** Reads, before anything is decided, what is left to do of each order of an account. */
  Function<String, Optional<List<String>>> remaining(AccountView view, List<Control> controls) {
    Map<String, List<String>> remaining = new HashMap<>();
    controls.stream()
        .flatMap(OrderIds::in)
        .forEach(
            id -> state.remaining(view.account(), id).ifPresent(left -> remaining.put(id, left)));
    return id -> Optional.ofNullable(remaining.get(id));
  }

  /** Adds what becomes of an exit that a step of the clock or an order asks for. */
  void decide(
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

  /** Adds that an order asks for nothing, and why. */
  static void denied(
      AccountView view, String orderId, Finding why, Lookups lookups, Outcome outcome) {
    Basis basis = Basis.of(view.policy(), lookups.list());
    outcome.emit(
        Emission.of(
            DecisionRecords.denied(
                Stage.APPLY_LAYER, cause(view, orderId), why, basis, lookups.nowMs())));
  }

  /** Adds that an order has come to what it was for. */
  static void reached(
      AccountView view, String orderId, Finding what, Lookups lookups, Outcome outcome) {
    Basis basis = Basis.of(view.policy(), lookups.list());
    outcome.emit(
        Emission.of(
            DecisionRecords.recorded(
                Stage.APPLY_LAYER,
                cause(view, orderId),
                what.code(),
                what.numbers(),
                basis,
                lookups.nowMs())));
  }

  private static Cause cause(AccountView view, String orderId) {
    return Cause.of(view.account(), CauseType.CONTROL, orderId, 1);
  }
}
