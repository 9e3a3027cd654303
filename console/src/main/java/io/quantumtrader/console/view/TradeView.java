package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Closed trades and what they came to. */
public final class TradeView {

  private TradeView() {}

  /** What trades are grouped by. */
  public enum Grouping {
    ALL(trade -> ""),
    SYMBOL(TradeRow::symbol),
    SIDE(TradeRow::side),
    EXIT(TradeRow::exitReason),
    REGIME(TradeRow::regime),
    SOURCE(TradeRow::source),
    DAY(TradeView::day);

    private final Function<TradeRow, String> group;

    Grouping(Function<TradeRow, String> group) {
      this.group = group;
    }
  }

  /** Returns the closed trades, the newest first. */
  public static List<TradeRow> rows(Pages pages, Scope scope) {
    return pages.trades().closed(pages.plans()::plan).stream()
        .filter(trade -> scope.has(trade.account(), trade.symbol()))
        .map(TradeRow::of)
        .toList();
  }

  /** Returns figures of groups of trades, by the name of the group. */
  public static List<TradeFigures> figures(List<TradeRow> trades, Grouping by) {
    Map<String, List<TradeRow>> groups = new TreeMap<>();
    trades.forEach(
        trade ->
            groups.computeIfAbsent(by.group.apply(trade), any -> new ArrayList<>()).add(trade));
    if (groups.isEmpty() && by == Grouping.ALL) {
      return List.of(TradeFigures.of("", List.of()));
    }
    return groups.entrySet().stream()
        .map(group -> TradeFigures.of(group.getKey(), group.getValue()))
        .toList();
  }

  private static String day(TradeRow trade) {
    return Instant.ofEpochMilli(trade.closedAtMs())
        .atOffset(ZoneOffset.UTC)
        .toLocalDate()
        .toString();
  }
}
