package io.quantumtrader.console.text;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.view.AccountRow;
import io.quantumtrader.console.view.AccountView;
import io.quantumtrader.console.view.DecisionRow;
import io.quantumtrader.console.view.DecisionView;
import io.quantumtrader.console.view.DenialRow;
import io.quantumtrader.console.view.PipelineRow;
import io.quantumtrader.console.view.PositionRow;
import io.quantumtrader.console.view.PositionView;
import io.quantumtrader.console.view.ScheduleRow;
import io.quantumtrader.console.view.ScheduleView;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.console.view.TradeFigures;
import io.quantumtrader.console.view.TradeRow;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a pipeline has and does, as blocks of lines. */
public final class StatusText {

  private static final Map<String, String> GAUGES =
      Map.of(
          "slots", "slots",
          "exposure", "exposure",
          "marginRatio", "margin ratio",
          "dailyLoss", "daily loss",
          "drawdown", "drawdown",
          "lossStreak", "losses in a row");

  private static final double NEAR = 0.8;

  private StatusText() {}

  /**
   * Returns one quiet block: time, rates, health, money, what is open, the last decisions.
   *
   * @param scope whose money and positions
   * @param rates whether rates are shown: of what was just opened none are known
   * @param width characters of a line
   * @param decisions how many of the last decisions
   */
  public static List<String> block(
      Pages pages,
      Scope scope,
      PipelineRow pipeline,
      HealthRow health,
      boolean rates,
      int width,
      int decisions) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Folded.cut(
            "%s UTC, heard %s ago   health %s"
                .formatted(
                    Plain.dateTime(pipeline.nowMs()),
                    Plain.duration(pipeline.clockAgeMs()),
                    word(health)),
            width));
    if (rates) {
      lines.add(Folded.cut(rates(pipeline), width));
    }
    health
        .costs()
        .forEach(
            cost ->
                lines.add(Folded.cut("  -%d %s".formatted(cost.points(), cost.found()), width)));
    for (AccountRow account : AccountView.rows(pages, scope)) {
      lines.addAll(account(account, width));
    }
    for (ScheduleRow change : ScheduleView.current(pages, scope)) {
      lines.add(Folded.cut("  " + schedule(change), width));
    }
    List<PositionRow> open = PositionView.rows(pages, scope);
    if (!open.isEmpty()) {
      lines.add("");
      lines.addAll(positions(open, width));
    }
    List<DecisionRow> last = last(pages, scope, decisions);
    if (!last.isEmpty()) {
      lines.add("");
      last.forEach(
          row -> lines.add(Folded.cut(Plain.time(row.atMs()) + "  " + row.words(), width)));
    }
    return lines;
  }

  private static List<DecisionRow> last(Pages pages, Scope scope, int most) {
    DecisionView.Filter all = new DecisionView.Filter(scope, "", "", "", "");
    return DecisionView.withoutHolds(pages, all, most);
  }

  /** Returns health as a number and a word. */
  public static String word(HealthRow health) {
    return health.score() + " " + health.level().name().toLowerCase(Locale.ROOT);
  }

  private static String rates(PipelineRow pipeline) {
    List<Topic> shown =
        List.of(
            Topic.CANDLE, Topic.TRADE_INTENT, Topic.APPLY_PLAN, Topic.APPLY_RESULT, Topic.DECISION);
    String rates =
        pipeline.topics().stream()
            .filter(row -> shown.stream().anyMatch(topic -> topic.topicName().equals(row.topic())))
            .map(
                row ->
                    "%s %.1f/s"
                        .formatted(
                            row.topic().substring(row.topic().lastIndexOf('.') + 1),
                            row.perSecond()))
            .collect(Collectors.joining("  "));
    return rates + "  under way " + pipeline.plansUnderWay();
  }

  /** Returns a scheduled change of the policy, in a line. */
  private static String schedule(ScheduleRow change) {
    String waitsFor =
        change.waitsFor().isEmpty() ? "the next step" : String.join(", ", change.waitsFor());
    return "policy of %s, %s: %s %s"
        .formatted(
            change.name(),
            String.join(", ", change.changes()),
            change.state(),
            change.endedAtMs() == null ? "for " + waitsFor : change.outcome());
  }

  /** Returns an account's money and limits. */
  public static List<String> account(AccountRow account, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Folded.cut(
            "%s %s  equity %s  today %s  open %s  %d open, %d reserved"
                .formatted(
                    account.account(),
                    account.tradingState(),
                    Plain.money(account.equity()),
                    Plain.signed(account.dayProfit()),
                    Plain.signed(account.unrealizedPnl()),
                    account.openPositions(),
                    account.reservations()),
            width));
    if (account.haltedUntilMs() != null) {
      lines.add(
          Folded.cut(
              "  entries halted until %s: %s"
                  .formatted(Plain.time(account.haltedUntilMs()), account.haltCode()),
              width));
    }
    String gauges =
        account.gauges().stream().map(StatusText::gauge).collect(Collectors.joining("  "));
    lines.addAll(wrapped("  " + gauges, width));
    return lines;
  }

  private static String gauge(AccountRow.Gauge gauge) {
    String value =
        gauge.unit().equals("count")
            ? "%s/%s".formatted(whole(gauge.value()), whole(gauge.limit()))
            : "%s of %s%s"
                .formatted(
                    Plain.percent(gauge.value()),
                    gauge.least() ? "at least " : "",
                    Plain.percent(gauge.limit()));
    String sign = "";
    if (gauge.used() != null && gauge.used() > NEAR) {
      sign = gauge.used() > 1 ? " OVER" : " near";
    }
    return GAUGES.getOrDefault(gauge.name(), gauge.name()) + " " + value + sign;
  }

  private static String whole(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.0f", value);
  }

  /** Breaks at the double blanks between what belongs together. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : text.strip().split("  ", -1)) {
      if (!line.isEmpty() && line.length() + part.length() + 4 > width) {
        lines.add("  " + line);
        line = new StringBuilder();
      }
      line.append(line.isEmpty() ? "" : "  ").append(part);
    }
    lines.add("  " + line);
    return lines;
  }

  /** Returns what is open. */
  public static List<String> positions(List<PositionRow> rows, int width) {
    return new TextTable<PositionRow>()
        .words("SYMBOL", 0, PositionRow::symbol)
        .words("ACCOUNT", 3, PositionRow::account)
        .words("SIDE", 0, row -> row.side().toLowerCase(Locale.ROOT))
        .numbers("SIZE", 2, row -> Plain.exact(row.quantity()))
        .numbers("ENTRY", 1, row -> Plain.exact(row.entryPrice()))
        .numbers("MARK", 1, row -> Plain.exact(row.markPrice()))
        .numbers("PROFIT", 0, row -> Plain.signed(row.unrealizedPnl()))
        .numbers("R", 0, row -> Plain.signed(row.r()))
        .numbers("STOP", 0, row -> row.stopPrice() == null ? "none" : Plain.exact(row.stopPrice()))
        .numbers("TARGET", 4, row -> Plain.exact(row.targetPrice()))
        .numbers("RUNG", 6, row -> row.nextRungR() == null ? "-" : row.nextRungR() + " R")
        .numbers("KILL", 5, row -> Plain.number(row.killScore()))
        .numbers("AGE", 2, row -> Plain.duration(row.ageMs()))
        .words("OPENED BY", 7, row -> row.source().isEmpty() ? "-" : row.source())
        .lines(rows, width);
  }

  /** Returns closed trades. */
  public static List<String> trades(List<TradeRow> rows, int width) {
    return new TextTable<TradeRow>()
        .words("CLOSED", 0, row -> Plain.dateTime(row.closedAtMs()))
        .words("SYMBOL", 0, TradeRow::symbol)
        .words("ACCOUNT", 3, TradeRow::account)
        .words("SIDE", 0, row -> row.side().toLowerCase(Locale.ROOT))
        .numbers("ENTRY", 4, row -> Plain.exact(row.entryPrice()))
        .numbers("EXIT", 4, row -> Plain.exact(row.exitPrice()))
        .numbers("NET", 0, row -> Plain.signed(row.net()))
        .numbers("R", 0, row -> Plain.signed(row.r()))
        .numbers("FEES", 5, row -> Plain.money(row.fees()))
        .numbers("HELD", 1, row -> Plain.duration(row.heldMs()))
        .words("EXIT BY", 0, row -> Plain.word(row.exitReason()))
        .words("OPENED BY", 6, row -> row.source().isEmpty() ? "-" : row.source())
        .lines(rows, width);
  }

  /** Returns what groups of closed trades came to. */
  public static List<String> figures(List<TradeFigures> rows, int width) {
    return new TextTable<TradeFigures>()
        .words("GROUP", 0, row -> row.group().isEmpty() ? "all" : row.group())
        .numbers("TRADES", 0, row -> Integer.toString(row.trades()))
        .numbers("WON", 0, row -> Plain.percent(row.winRate()))
        .numbers("EXPECTANCY", 0, row -> Plain.signed(row.expectancy()))
        .numbers("AVERAGE R", 1, row -> Plain.signed(row.averageR()))
        .numbers("FACTOR", 2, row -> Plain.number(row.profitFactor()))
        .numbers("NET", 0, row -> Plain.signed(row.net()))
        .numbers("FEES", 3, row -> Plain.money(row.fees()))
        .lines(rows, width);
  }

  /** Returns what was refused, and how often. */
  public static List<String> denials(List<DenialRow> rows, int width) {
    return new TextTable<DenialRow>()
        .numbers("COUNT", 0, row -> Long.toString(row.count()))
        .words("CODE", 0, DenialRow::code)
        .words("SYMBOL", 0, row -> row.symbol().isEmpty() ? "any" : row.symbol())
        .words("LAST", 1, row -> Plain.time(row.lastAtMs()))
        .words("MEANING", 0, DenialRow::meaning)
        .lines(rows, width);
  }

  /** Returns a decision, in as many lines as it needs. */
  public static List<String> decision(DecisionRow row, int width) {
    return Folded.lines(
        "%s  %s  %s".formatted(Plain.time(row.atMs()), row.account(), row.words()),
        "",
        "          ",
        width);
  }
}
