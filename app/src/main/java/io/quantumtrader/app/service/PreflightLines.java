package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.ExchangeAccess;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.execution.binance.Preflight;
import io.quantumtrader.execution.binance.Preflight.Finding;
import io.quantumtrader.execution.binance.Preflight.Verdict;
import io.quantumtrader.schemas.time.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the exchange says of the accounts that are to trade there, for people. */
public final class PreflightLines {

  /**
   * What was found of one account.
   *
   * @param account our name of it
   */
  public record Line(String account, Finding finding) {

    /** Returns it with a mark before it: passed, worth a look, or refused. */
    public String text() {
      String mark =
          switch (finding.verdict()) {
            case OK -> "✓";
            case COMPLAINT -> "!";
            case REFUSED -> "✗";
          };
      return "%s %s: %s: %s".formatted(mark, account, finding.check(), finding.message());
    }

    /** Returns whether it may be traded with in spite of it. */
    public boolean ok() {
      return finding.verdict() != Verdict.REFUSED;
    }
  }

  private PreflightLines() {}

  /** Asks about each account. */
  static List<Line> of(ExchangeAccess exchange, List<ApiKey> keys, List<String> symbols) {
    List<Line> lines = new ArrayList<>();
    for (ApiKey key : keys) {
      for (Preflight.Finding finding : exchange.preflight(key, symbols, WallClock.SYSTEM)) {
        lines.add(new Line(key.account(), finding));
      }
    }
    return lines;
  }

  /**
   * Says what the exchange says of each account. Nothing is traded with where something is wrong
   * that somebody has to change first.
   *
   * @param what does not start then, for people
   * @param symbols to be traded, as a check of some; may be empty
   * @param say takes each line
   * @throws CommandFailure if something is wrong
   */
  public static void require(
      String what,
      ExchangeAccess exchange,
      List<ApiKey> keys,
      List<String> symbols,
      Consumer<String> say) {
    List<Line> lines = of(exchange, keys, symbols);
    lines.forEach(line -> say.accept(line.text()));
    if (!lines.stream().allMatch(Line::ok)) {
      throw new CommandFailure(
          what
              + " does not start: mend what is marked ✗, then look again with "
              + exchange.preflightOf(keys.stream().map(ApiKey::account).toList()));
    }
  }
}
