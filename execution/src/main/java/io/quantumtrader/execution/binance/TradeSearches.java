package io.quantumtrader.execution.binance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Symbols in which ledger and exchange disagree, and from when on their trades are looked through
 * for one that was missed: at once, and again once in a while for as long as they disagree. No I/O,
 * no clock.
 */
final class TradeSearches {

  /** Pause before a symbol is looked through again, milliseconds. */
  static final long AGAIN_MS = 60_000;

  /** Pause before an exchange that did not answer is asked again, milliseconds. */
  private static final long UNANSWERED_MS = 5_000;

  /** What nobody wanted for so long is over, milliseconds. */
  private static final long FORGOTTEN_MS = 5 * AGAIN_MS;

  /**
   * A search.
   *
   * @param symbol where
   * @param sinceMs since when they disagree, epoch milliseconds UTC
   * @param done whether the trades since then were looked through once
   * @param dueMs when that is due next
   * @param wantedMs when it was wanted last
   */
  record Search(String symbol, long sinceMs, boolean done, long dueMs, long wantedMs) {}

  private final Map<String, Search> searches = new HashMap<>();

  /**
   * Wants the trades in a symbol looked through.
   *
   * @param sinceMs since when ledger and exchange disagree
   * @param nowMs this machine's time, epoch milliseconds UTC, as in all methods here
   * @return whether that was done since
   */
  boolean want(String symbol, long sinceMs, long nowMs) {
    Search known = searches.get(symbol);
    boolean same = known != null && known.sinceMs() == sinceMs;
    Search wanted =
        same
            ? new Search(symbol, sinceMs, known.done(), known.dueMs(), nowMs)
            : new Search(symbol, sinceMs, false, nowMs, nowMs);
    searches.put(symbol, wanted);
    return wanted.done();
  }

  /** Returns what is due. */
  List<Search> due(long nowMs) {
    searches.values().removeIf(each -> nowMs - each.wantedMs() >= FORGOTTEN_MS);
    List<Search> due = new ArrayList<>(searches.values());
    due.removeIf(each -> nowMs < each.dueMs());
    return due;
  }

  /** Notes that a symbol was looked through, or that the exchange did not tell all. */
  void searched(Search search, boolean whole, long nowMs) {
    searches.put(
        search.symbol(),
        new Search(
            search.symbol(),
            search.sinceMs(),
            search.done() || whole,
            nowMs + (whole ? AGAIN_MS : UNANSWERED_MS),
            search.wantedMs()));
  }
}
