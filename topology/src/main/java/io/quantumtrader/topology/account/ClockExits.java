package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Denial;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.close.ExitAsk;
import io.quantumtrader.topology.decision.close.ExitLayer;
import io.quantumtrader.topology.decision.close.LiquidationGuard;
import io.quantumtrader.topology.decision.close.ManualCloses;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Exits that a step of the clock makes due: what operators ordered, and the liquidation guard. */
final class ClockExits {

  private final TableRows tables;
  private final ExitDesk desk;
  private final CloseOrders orders;

  ClockExits(AccountBooks books, TableRows tables, ProcessingContext context) {
    this.tables = tables;
    this.desk = new ExitDesk(books, tables, context);
    this.orders = new CloseOrders(AccountBooks.store(context, Names.CLOSE_ORDER_STORE));
  }

  /** What is to be remembered of an order. */
  private record OrderRow(String account, String orderId, List<String> remaining) {}

  /** What a step of the clock comes to for one account, before any of it is written. */
  static final class Outcome {

    private final List<Decision> decisions = new ArrayList<>();
    private final List<ExitLayer.Granted> grants = new ArrayList<>();
    private final List<OrderRow> orders = new ArrayList<>();

    List<Decision> decisions() {
      return decisions;
    }

    List<ExitLayer.Granted> grants() {
      return grants;
    }
  }

  /**
   * Decides what is due.
   *
   * @param state the account's money at this step; empty where it cannot be reckoned, which leaves
   *     what operators ordered
   */
  Outcome decide(AccountView view, Optional<PortfolioState> state, long nowMs) {
    Outcome outcome = new Outcome();
    Set<String> asked = ordered(view, outcome, nowMs);
    List<ExitAsk> guarded =
        Deciding.on(
            () -> state.map(each -> LiquidationGuard.due(view, each, nowMs)).orElse(List.of()));
    for (ExitAsk ask : guarded) {
      if (asked.add(ask.positionId())) {
        decide(ask, CauseType.CLOCK, Long.toString(nowMs), view, outcome, nowMs);
      }
    }
    return outcome;
  }

  /** Decides what operators ordered, and nothing else: that does not hang on the clock. */
  Outcome decideOrders(AccountView view, long nowMs) {
    Outcome outcome = new Outcome();
    ordered(view, outcome, nowMs);
    return outcome;
  }

  private Set<String> ordered(AccountView view, Outcome outcome, long nowMs) {
    Set<String> asked = new HashSet<>();
    List<Control> controls = tables.controls(view.account(), new Lookups(nowMs));
    List<ManualCloses.Standing> standing =
        Deciding.on(
            () ->
                ManualCloses.standing(
                    view,
                    controls,
                    id -> orders.remaining(view.account(), id),
                    view.policy().getDedupeMs(),
                    nowMs));
    for (ManualCloses.Standing each : standing) {
      String orderId = each.order().getId();
      outcome.orders.add(new OrderRow(view.account(), orderId, each.remaining()));
      if (each.isNew() && each.remaining().isEmpty()) {
        outcome.decisions.add(nothingToClose(view, each.order(), nowMs));
      }
      for (ExitAsk ask : each.asks()) {
        if (asked.add(ask.positionId())) {
          decide(ask, CauseType.CONTROL, orderId, view, outcome, nowMs);
        }
      }
    }
    return asked;
  }

  private void decide(
      ExitAsk ask, CauseType type, String causeId, AccountView view, Outcome outcome, long nowMs) {
    Cause cause =
        Cause.of(view.account(), type, causeId + "/" + ask.positionId(), 1).in(ask.symbol());
    try {
      ExitDesk.Outcome decided = desk.decide(ask, cause, view.policy(), new Lookups(nowMs), nowMs);
      outcome.decisions.add(decided.decision());
      decided.grant().ifPresent(outcome.grants::add);
    } catch (DecisionFailedException failed) {
      // One position that cannot be decided about holds no other one's exit back.
      outcome.decisions.add(failure(cause, failed, view, nowMs));
    }
  }

  private static Decision failure(
      Cause cause, DecisionFailedException failed, AccountView view, long nowMs) {
    Numbers numbers = Numbers.none().and("error", String.valueOf(failed.getMessage()));
    return DecisionRecords.denied(
        Stage.APPLY_LAYER,
        cause,
        new Denial(failed.code(), numbers),
        Basis.of(view.policy(), List.of()),
        nowMs);
  }

  private static Decision nothingToClose(AccountView view, ManualClose order, long nowMs) {
    Numbers numbers =
        Numbers.none()
            .and("symbol", order.getSymbol())
            .and("openPositions", (long) view.positions().size());
    return DecisionRecords.denied(
        Stage.APPLY_LAYER,
        Cause.of(view.account(), CauseType.CONTROL, order.getId(), 1),
        new Denial(ReasonCode.NOTHING_TO_CLOSE, numbers),
        Basis.of(view.policy(), List.of()),
        nowMs);
  }

  /** Keeps what was decided. */
  void keep(Outcome outcome) {
    outcome.grants.forEach(desk::keep);
    for (OrderRow row : outcome.orders) {
      orders.put(row.account(), row.orderId(), row.remaining());
    }
  }

  /** Forgets exits and orders that nothing can come back to. */
  void forget(Set<String> accounts, ToLongFunction<String> keepMs, long nowMs) {
    desk.attempts().forget(keepMs, nowMs);
    Set<String> named = new HashSet<>();
    for (String account : accounts) {
      for (Control control : tables.controls(account, new Lookups(nowMs))) {
        control.getCloses().forEach(order -> named.add(CloseOrders.key(account, order.getId())));
        control.getBackfills().forEach(order -> named.add(CloseOrders.key(account, order.getId())));
      }
    }
    orders.forgetAllBut(named);
  }
}
