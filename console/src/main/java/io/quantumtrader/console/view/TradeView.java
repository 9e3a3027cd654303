package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Closed trades and what they came to. */
public final class TradeView {

  private TradeView() {}

  /** What trades are grouped by. */
  public enum Grouping {
    ALL,
    SYMBOL,
    SIDE,
    EXIT,
    REGIME,
    SOURCE,
    DAY;

    private String group(TradeRow trade) {
      return switch (this) {
        case ALL -> "";
        case SYMBOL -> trade.symbol();
        case SIDE -> trade.side();
        case EXIT -> trade.exitReason();
        case REGIME -> trade.regime();
        case SOURCE -> trade.source();
        case DAY -> day(trade);
      };
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
        trade -> groups.computeIfAbsent(by.group(trade), any -> new ArrayList<>()).add(trade));
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
