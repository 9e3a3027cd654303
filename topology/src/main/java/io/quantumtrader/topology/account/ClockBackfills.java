package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Denial;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.ledger.RiskBackfills;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Operators' orders to find risk data anew, taken up at a step of the clock, each once. */
final class ClockBackfills {

  private final AccountBooks books;
  private final TableRows tables;
  private final CloseOrders orders;

  ClockBackfills(AccountBooks books, TableRows tables, ProcessingContext context) {
    this.books = books;
    this.tables = tables;
    this.orders = new CloseOrders(AccountBooks.store(context, Names.CLOSE_ORDER_STORE));
  }

  /**
   * What a step of the clock comes to for one account, before any of it is written.
   *
   * @param account the account
   * @param taken ids of the orders that were taken up
   * @param rows changed rows of the ledger
   * @param decisions one for each position, or one that there was none
   */
  record Outcome(
      String account, List<String> taken, List<PositionLedger> rows, List<Decision> decisions) {}

  /** Decides what is due. */
  Outcome decide(AccountView view, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    List<RiskBackfills.Due> due =
        Deciding.on(
            () ->
                RiskBackfills.due(
                    view,
                    tables.controls(view.account(), lookups),
                    id -> orders.remaining(view.account(), id).isPresent(),
                    symbol -> tables.marketState(symbol, lookups),
                    nowMs));
    Basis basis = Basis.of(view.policy(), lookups.list());
    List<String> taken = new ArrayList<>();
    List<PositionLedger> rows = new ArrayList<>();
    List<Decision> decisions = new ArrayList<>();
    for (RiskBackfills.Due each : due) {
      taken.add(each.order().getId());
      if (each.found().isEmpty()) {
        decisions.add(nothing(view, each, basis, nowMs));
      }
      for (RiskBackfills.Found found : each.found()) {
        rows.add(found.row());
        decisions.add(recorded(each, found, basis, nowMs));
      }
    }
    return new Outcome(view.account(), taken, rows, decisions);
  }

  /** Keeps what was decided. */
  void keep(Outcome outcome) {
    outcome.rows().forEach(books::put);
    outcome.taken().forEach(id -> orders.put(outcome.account(), id, List.of()));
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
        new Denial(ReasonCode.NOTHING_TO_BACKFILL, numbers),
        basis,
        nowMs);
  }
}
