package io.quantumtrader.app.control;

import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.ReduceOrder;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.avro.StopOrder;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.topic.Accounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Control records for people. */
final class ControlText {

  private ControlText() {}

  /** Returns the state, then a line for each lock and each order. */
  static List<String> lines(Control control) {
    List<String> lines = new ArrayList<>();
    lines.add(state(control));
    for (SymbolLock lock : control.getLocks()) {
      lines.add(line("lock " + locked(lock), lock.getReason(), lock.getId()));
    }
    for (ManualClose close : control.getCloses()) {
      lines.add(line("close " + what(close.getSymbol()), close.getReason(), close.getId()));
    }
    for (ReduceOrder reduce : control.getReduces()) {
      String share = Share.text(reduce.getToExposure());
      lines.add(line("reduce to " + share, reduce.getReason(), reduce.getId()));
    }
    for (StopOrder stop : control.getStops()) {
      String to = stop.getSymbol() + " to " + RecordJson.plain(stop.getPrice());
      lines.add(line("stop of " + to, stop.getReason(), stop.getId()));
    }
    for (RiskBackfill backfill : control.getBackfills()) {
      String of = "backfill risk of " + what(backfill.getSymbol());
      lines.add(line(of, backfill.getReason(), backfill.getId()));
    }
    return lines;
  }

  private static String state(Control control) {
    return switch (control.getAccount()) {
      case Accounts.ALL_ORDERS -> "ordered of all accounts:";
      case Accounts.ALL -> "all accounts: " + control.getTradingState() + said(control.getReason());
      default ->
          control.getAccount() + ": " + control.getTradingState() + said(control.getReason());
    };
  }

  private static String locked(SymbolLock lock) {
    String until =
        lock.getUntilMs() == null ? "" : " until " + Instant.ofEpochMilli(lock.getUntilMs());
    return lock.getSymbol() + ": " + LockScope.said(lock.getEntries(), lock.getExits()) + until;
  }

  private static String line(String what, String reason, String id) {
    return "  " + what + said(reason) + "  " + id;
  }

  private static String what(String symbol) {
    return symbol.isEmpty() ? "everything" : symbol;
  }

  private static String said(String reason) {
    return reason.isEmpty() ? "" : " (" + reason + ")";
  }
}
