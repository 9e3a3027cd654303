package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.ledger.RiskBackfills;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operators' orders to find risk data anew, taken up at a step of the clock, each once. */
final class ClockBackfills {

  private final AccountState state;
  private final ReferenceData data;

  ClockBackfills(AccountState state, ReferenceData data) {
    this.state = state;
    this.data = data;
  }

  /** Returns what is due. */
  Outcome decide(AccountView view, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    List<Control> controls = data.controls(view.account(), lookups);
    Set<String> taken = new HashSet<>();
    boolean anyNew = false;
    for (Control control : controls) {
      for (RiskBackfill order : control.getBackfills()) {
        boolean isTaken = state.remaining(view.account(), order.getId()).isPresent();
        anyNew |= !isTaken;
        if (isTaken) {
          taken.add(order.getId());
        }
      }
    }
    if (!anyNew) {
      return Outcome.empty();
    }
    Map<String, MarketState> states =
        data.marketStates(view.rows().stream().map(PositionLedger::getSymbol).toList());
    return StageProcessor.decide(() -> outcome(view, controls, taken, states, lookups, nowMs));
  }

  private static Outcome outcome(
      AccountView view,
      List<Control> controls,
      Set<String> taken,
      Map<String, MarketState> states,
      Lookups lookups,
      long nowMs) {
    List<RiskBackfills.Due> due =
        RiskBackfills.due(
            view,
            controls,
            taken::contains,
            symbol -> ReferenceData.noted(symbol, states, lookups),
            nowMs);
    Basis basis = Basis.of(view.policy(), lookups.list());
    Outcome outcome = Outcome.empty();
    for (RiskBackfills.Due each : due) {
      outcome.change(new Change.OrderTaken(view.account(), each.order().getId(), List.of()));
      if (each.found().isEmpty()) {
        outcome.emit(Emission.of(nothing(view, each, basis, nowMs)));
      }
      for (RiskBackfills.Found found : each.found()) {
        outcome
            .change(new Change.LedgerChanged(found.row()))
            .emit(found.row())
            .emit(Emission.of(recorded(each, found, basis, nowMs)));
      }
    }
    return outcome;
  }

  private static Decision recorded(
      RiskBackfills.Due due, RiskBackfills.Found found, Basis basis, long nowMs) {
    PositionLedger row = found.row();
    String causeId = due.order().getId() + "/" + row.getPositionId();
    return DecisionRecords.recorded(
        Stage.LEDGER,
        Cause.of(row.getAccount(), CauseType.CONTROL, causeId, 1).in(row.getSymbol()),
        ReasonCode.RISK_BACKFILLED,
        found.numbers(),
        basis,
        nowMs);
  }

  private static Decision nothing(
      AccountView view, RiskBackfills.Due due, Basis basis, long nowMs) {
    Numbers numbers =
        Numbers.none()
            .and("symbol", due.order().getSymbol())
            .and("openPositions", (long) view.positions().size());
    return DecisionRecords.denied(
        Stage.LEDGER,
        Cause.of(view.account(), CauseType.CONTROL, due.order().getId(), 1),
        new Finding(ReasonCode.NOTHING_TO_BACKFILL, numbers),
        basis,
        nowMs);
  }
}
