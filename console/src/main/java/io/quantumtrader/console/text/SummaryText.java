package io.quantumtrader.console.text;

import io.quantumtrader.console.summary.DailySummary;
import io.quantumtrader.console.summary.DailySummary.AccountDay;
import io.quantumtrader.console.summary.DailySummary.Open;
import io.quantumtrader.console.summary.DailySummary.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A daily summary for people: short enough for a message on a phone. */
public final class SummaryText {

  /** What is listed of each account; more is counted. */
  private static final int MOST = 5;

  /** Accounts that are told one by one; Telegram takes 4,096 characters. */
  private static final int ACCOUNTS = 6;

  private SummaryText() {}

  /** Returns it in one line: what a subject or a notification shows. */
  public static String headline(DailySummary summary) {
    String accounts =
        listed(
            summary.accounts(),
            account -> account.account() + " " + Plain.signed(change(account)),
            "account");
    return "Summary of %s: %s; health %s"
        .formatted(
            summary.day(),
            accounts.isEmpty() ? "no account" : accounts,
            StatusText.word(summary.health()));
  }

  /**
   * Returns it as lines.
   *
   * @param width characters of a line
   */
  public static List<String> lines(DailySummary summary, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Summary of %s (UTC)%s"
            .formatted(
                summary.day(), summary.ended() ? "" : ", so far: " + Plain.time(summary.asOfMs())));
    summary.accounts().stream()
        .limit(ACCOUNTS)
        .forEach(account -> lines.addAll(account(account, width)));
    int more = summary.accounts().size() - ACCOUNTS;
    if (more > 0) {
      lines.add(more + " accounts more: ./quantum summary --day " + summary.day());
    }
    lines.add("Dead letters: " + summary.deadLetters());
    lines.add("Health now: " + StatusText.word(summary.health()));
    summary
        .health()
        .costs()
        .forEach(
            cost ->
                lines.add(Folded.cut("  -%d %s".formatted(cost.points(), cost.found()), width)));
    return lines;
  }

  private static List<String> account(AccountDay day, int width) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "realised %s, fees %s, funding %s"
            .formatted(
                Plain.signed(day.realized()),
                Plain.money(day.fees()),
                Plain.signed(day.funding())));
    if (day.trades() == 0) {
      parts.add("no position was closed");
    } else {
      parts.add("%d closed, %s won".formatted(day.trades(), Plain.percent(day.winRate())));
      parts.add("best %s, worst %s".formatted(trade(day.best()), trade(day.worst())));
    }
    if (day.closesWithoutEntry() > 0) {
      parts.add(
          "%d closes left out: their entries are no longer known"
              .formatted(day.closesWithoutEntry()));
    }
    long denied = day.denials().values().stream().mapToLong(Long::longValue).sum();
    if (denied > 0) {
      parts.add("denied " + denied + ": " + denials(day));
    }
    parts.add(
        day.open().isEmpty()
            ? "nothing is open now"
            : "open now: " + listed(day.open(), SummaryText::open, "position"));
    List<String> lines = new ArrayList<>();
    lines.addAll(
        Folded.lines(
            "%s: equity %s to %s (%s), drawdown %s"
                .formatted(
                    day.account(),
                    Plain.money(day.equityFirst()),
                    Plain.money(day.equityLast()),
                    Plain.signed(change(day)),
                    Plain.percent(day.maxDrawdown())),
            "",
            "  ",
            width));
    parts.forEach(part -> lines.addAll(Folded.lines(part, "  ", "    ", width)));
    return lines;
  }

  private static String denials(AccountDay day) {
    List<Map.Entry<String, Long>> codes =
        day.denials().entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    return listed(codes, code -> code.getKey() + " " + code.getValue(), "code");
  }

  private static BigDecimal change(AccountDay day) {
    return day.equityFirst() == null || day.equityLast() == null
        ? null
        : day.equityLast().subtract(day.equityFirst());
  }

  private static String trade(Trade trade) {
    return trade.symbol() + " " + Plain.signed(trade.net()) + r(trade.r());
  }

  private static String open(Open open) {
    return "%s %s %s%s"
        .formatted(
            open.symbol(),
            open.side().toLowerCase(Locale.ROOT),
            Plain.signed(open.unrealizedPnl()),
            r(open.r()));
  }

  private static String r(Double multiple) {
    return multiple == null ? "" : " (" + Plain.signed(multiple) + " R)";
  }

  /** The first ones by name, the others as a number. */
  private static <T> String listed(List<T> all, Function<T, String> text, String noun) {
    String first = all.stream().limit(MOST).map(text).collect(Collectors.joining(", "));
    int more = all.size() - MOST;
    return more <= 0
        ? first
        : "%s and %d %s%s more".formatted(first, more, noun, more == 1 ? "" : "s");
  }
}
