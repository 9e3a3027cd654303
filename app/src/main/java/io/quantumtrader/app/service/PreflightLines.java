package io.quantumtrader.app.service;

import io.quantumtrader.app.parts.ExchangeOptions;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.execution.binance.Preflight;
import io.quantumtrader.execution.binance.Preflight.Finding;
import io.quantumtrader.execution.binance.Preflight.Verdict;
import io.quantumtrader.schemas.time.WallClock;
import java.util.ArrayList;
import java.util.List;

/** What the exchange says of the accounts that are to trade there, for people. */
final class PreflightLines {

  /**
   * What was found of one account.
   *
   * @param account our name of it
   */
  record Line(String account, Finding finding) {

    /** Returns it with a mark before it: passed, worth a look, or refused. */
    String text() {
      String mark =
          switch (finding.verdict()) {
            case OK -> "✓";
            case COMPLAINT -> "!";
            case REFUSED -> "✗";
          };
      return "%s %s: %s: %s".formatted(mark, account, finding.check(), finding.message());
    }

    /** Returns whether it may be traded with in spite of it. */
    boolean ok() {
      return finding.verdict() != Verdict.REFUSED;
    }
  }

  private PreflightLines() {}

  /** Asks about each account. */
  static List<Line> of(ExchangeOptions exchange, List<ApiKey> keys, List<String> symbols) {
    List<Line> lines = new ArrayList<>();
    for (ApiKey key : keys) {
      for (Preflight.Finding finding : exchange.preflight(key, symbols, WallClock.SYSTEM)) {
        lines.add(new Line(key.account(), finding));
      }
    }
    return lines;
  }
}
