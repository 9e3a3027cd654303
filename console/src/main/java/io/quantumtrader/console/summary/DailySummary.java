package io.quantumtrader.console.summary;

import io.quantumtrader.console.Means;
import io.quantumtrader.console.book.DayBook;
import io.quantumtrader.console.book.DayBook.Figures;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.view.PositionRow;
import io.quantumtrader.console.view.PositionView;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.console.view.TradeFigures;
import io.quantumtrader.console.view.TradeRow;
import io.quantumtrader.console.view.TradeView;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a day came to. What is open and how well the pipeline is are told as they are now. */
public record DailySummary(
    @Means("UTC day, YYYY-MM-DD") String day,
    @Means("clock when it was made, epoch ms UTC") long asOfMs,
    @Means("whether the day had ended then") boolean ended,
    @Means("each account, by name") List<AccountDay> accounts,
    @Means("records that became dead letters on the day") long deadLetters,
    @Means("how well the pipeline is now") HealthRow health) {

  /** Takes a copy. */
  public DailySummary {
    accounts = List.copyOf(accounts);
  }

  /** An account's day. */
  public record AccountDay(
      @Means("exchange account") String account,
      @Means("wallet plus unrealised profit at the begin, quote currency; null where not known")
          BigDecimal equityFirst,
      @Means("the same at the end, or now; null where not known") BigDecimal equityLast,
      @Means("greatest loss from the day's highest equity, fraction; null where not known")
          Double maxDrawdown,
      @Means("profit of what was closed before fees and funding, quote currency")
          BigDecimal realized,
      @Means("fees, quote currency") BigDecimal fees,
      @Means("funding, quote currency; below 0 was paid") BigDecimal funding,
      @Means("positions that were closed") int trades,
      @Means("share of them that gained, 0 to 1; null without one") Double winRate,
      @Means("the one that gained most; null without one") Trade best,
      @Means("the one that lost most; null without one") Trade worst,
      @Means("closes whose entry is no longer known; they are in none of the figures")
          int closesWithoutEntry,
      @Means("how often each code was the reason of a denial") Map<String, Long> denials,
      @Means("what is open now") List<Open> open) {

    /** Takes copies. */
    public AccountDay {
      denials = Collections.unmodifiableMap(new TreeMap<>(denials));
      open = List.copyOf(open);
    }
  }

  /** A position that was closed. */
  public record Trade(
      @Means("instrument") String symbol,
      @Means("LONG or SHORT") String side,
      @Means("profit after fees and funding, quote currency") BigDecimal net,
      @Means("that in multiples of the risk; null where the risk is not known") Double r) {

    private static Trade of(TradeRow row) {
      return new Trade(row.symbol(), row.side(), row.net(), row.r());
    }
  }

  /** A position that is open. */
  public record Open(
      @Means("instrument") String symbol,
      @Means("LONG or SHORT") String side,
      @Means("quantity, base units") BigDecimal quantity,
      @Means("profit at the mark before fees, quote currency; null before the first mark")
          BigDecimal unrealizedPnl,
      @Means("profit after costs in multiples of the risk; null where not known") Double r) {

    private static Open of(PositionRow row) {
      return new Open(row.symbol(), row.side(), row.quantity(), row.unrealizedPnl(), row.r());
    }
  }

  /**
   * Returns the summary of a day.
   *
   * @param scope whose
   * @param health how well the pipeline is
   */
  public static DailySummary of(Pages pages, Scope scope, LocalDate day, HealthRow health) {
    Set<String> accounts = new TreeSet<>(pages.accounts());
    accounts.addAll(pages.days().accounts(day));
    // Under this name lie decisions that are about no account.
    accounts.remove(Accounts.ALL);
    long nowMs = pages.clock().nowMs();
    return new DailySummary(
        day.toString(),
        nowMs,
        nowMs >= DayBook.beginMs(day.plusDays(1)),
        accounts.stream().filter(scope::has).map(name -> account(pages, name, day)).toList(),
        pages.days().deadLetters(day),
        health);
  }

  /** Returns whether the book knows anything of a day. */
  public static boolean isKnown(Pages pages, LocalDate day) {
    return !pages.days().accounts(day).isEmpty() || pages.days().deadLetters(day) > 0;
  }

  private static AccountDay account(Pages pages, String account, LocalDate day) {
    Figures figures = pages.days().of(account, day);
    Scope own = new Scope(account, "");
    List<TradeRow> trades =
        TradeView.rows(pages, own).stream()
            .filter(trade -> DayBook.day(trade.closedAtMs()).equals(day))
            .sorted(Comparator.comparing(TradeRow::net))
            .toList();
    TradeFigures all = TradeView.figures(trades, TradeView.Grouping.ALL).getFirst();
    return new AccountDay(
        account,
        figures.equityFirst(),
        figures.equityLast(),
        figures.maxDrawdown(),
        figures.realized(),
        figures.fees(),
        figures.funding(),
        trades.size(),
        all.winRate(),
        trades.isEmpty() ? null : Trade.of(trades.getLast()),
        trades.isEmpty() ? null : Trade.of(trades.getFirst()),
        figures.closesWithoutEntry(),
        figures.denials(),
        PositionView.rows(pages, own).stream().map(Open::of).toList());
  }
}
