package io.quantumtrader.replay.report;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.reconcile.ComparedFill;
import io.quantumtrader.replay.reconcile.EquityDifference;
import io.quantumtrader.replay.reconcile.FillFigures;
import io.quantumtrader.replay.reconcile.ReconcileReport;
import io.quantumtrader.replay.reconcile.StrayFill;
import io.quantumtrader.replay.reconcile.UnfilledPlan;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A reconciliation as lines of at most 80 characters; what is longer is broken at a blank. */
public final class ReconcileText {

  private static final int SHOWN = 10;
  private static final int WIDTH = 11;
  private static final int MOST_DIGITS = 9;
  private static final int LEAST_DIGITS = 3;

  private ReconcileText() {}

  /** The columns of the tables. */
  private enum Columns {
    GROUPS("%-20s %26s %21s %8s"),
    FIGURES("%-14s %5s %8s %8s %8s %12s %8s %8s"),
    PROTECTIVE("  %-14s %-6s %11s %11s %11s %8s %8s"),
    EQUITY("%-24s %17s %17s %17s");

    private final String format;

    Columns(String format) {
      this.format = format;
    }
  }

  /** Returns the tables, then what stands alone, then the equity. */
  public static List<String> lines(ReconcileReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("from %s to %s".formatted(time(report.fromMs()), time(report.toMs())));
    lines.add(model(report.model()));
    addFigures(lines, report);
    addFills(lines, report.fills().stream().filter(ReconcileText::isPlanned).toList());
    addProtective(lines, report.fills().stream().filter(each -> !isPlanned(each)).toList());
    addList(lines, "plans without a fill", report.unfilled(), ReconcileText::unfilled);
    addList(lines, "fills without a plan, or a model", report.strays(), ReconcileText::stray);
    addEquity(lines, report);
    return lines.stream().flatMap(line -> TextReport.broken(line).stream()).toList();
  }

  private static boolean isPlanned(ComparedFill fill) {
    return fill.origin() == ResultOrigin.PLAN;
  }

  private static String time(long atMs) {
    return Instant.ofEpochMilli(atMs).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String model(PaperSettings model) {
    return "model: paper exchange, slippage %s bps, fee %s, funding %s, latency %d ms"
        .formatted(
            Words.plain(model.slippageBps()),
            Words.plain(model.feeRate()),
            Words.plain(model.fundingRate()),
            model.latencyMs());
  }

  private static void addFigures(List<String> lines, ReconcileReport report) {
    lines.add("");
    lines.add(
        row(Columns.GROUPS, "", "--- price worse, bps -----", "---- cost more ------", "received"));
    lines.add(
        row(
            Columns.FIGURES,
            "",
            "fills",
            "mean",
            "median",
            "worst",
            "slippage",
            "fees",
            "funding"));
    report.bySymbol().forEach((symbol, of) -> lines.add(figures(symbol, of)));
    lines.add(figures("all", report.all()));
    lines.add(
        "All are differences from the model: prices in basis points of its price, the rest in quote"
            + " currency. Above 0 a price was worse, a cost higher, and more funding received.");
  }

  private static String figures(String name, FillFigures of) {
    return row(
        Columns.FIGURES,
        name,
        Words.count(of.count()),
        Words.ratio(of.meanBps()),
        Words.ratio(of.medianBps()),
        Words.ratio(of.worstBps()),
        Words.money(of.slippage()),
        Words.money(of.feeDifference()),
        Words.money(of.funding().subtract(of.modelFunding())));
  }

  private static String row(Columns columns, Object... cells) {
    return String.format(Locale.ROOT, columns.format, cells).stripTrailing();
  }

  private static void addFills(List<String> lines, List<ComparedFill> fills) {
    List<ComparedFill> worst =
        fills.stream()
            .sorted(
                Comparator.comparingDouble((ComparedFill each) -> Math.abs(each.slippageBps()))
                    .thenComparing(each -> each.feeDifference().abs())
                    .reversed())
            .limit(SHOWN)
            .toList();
    if (worst.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(heading("fills of plans, the furthest from the model first", fills.size()));
    for (ComparedFill fill : worst) {
      lines.add(
          "  %s %s %s %s%s, after %d ms"
              .formatted(
                  fill.planId(),
                  fill.symbol(),
                  fill.side(),
                  fitting(fill.quantity()),
                  fill.quantity().compareTo(fill.ordered()) < 0
                      ? " of " + fitting(fill.ordered())
                      : "",
                  fill.latencyMs().orElse(0)));
      lines.add(
          fillRow("model", fill.modelPrice(), fill.modelFee(), fill.modelSlippageBps(), " bps"));
      lines.add(
          fillRow(
              "fill",
              fill.realPrice(),
              fill.realFee(),
              fill.realSlippageBps(),
              " bps, %s worse".formatted(Words.ratio(fill.slippageBps()))));
    }
  }

  private static String fillRow(
      String name, BigDecimal price, BigDecimal fee, double slippage, String more) {
    return "    %-6s at %-11s fee %-11s slippage %8s%s"
        .formatted(name, fitting(price), fitting(fee), Words.ratio(slippage), more);
  }

  private static void addProtective(List<String> lines, List<ComparedFill> fills) {
    if (fills.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(heading("closes by stop and target", fills.size()));
    lines.add(row(Columns.PROTECTIVE, "", "", "", "", "", "bps from", "bps from"));
    lines.add(row(Columns.PROTECTIVE, "", "", "trigger", "model", "fill", "trigger", "model"));
    fills.stream()
        .sorted(
            Comparator.comparingDouble((ComparedFill each) -> Math.abs(each.slippageBps()))
                .reversed())
        .limit(SHOWN)
        .forEach(
            fill ->
                lines.add(
                    row(
                            Columns.PROTECTIVE,
                            fill.symbol(),
                            fill.origin(),
                            fitting(fill.triggerPrice().orElse(BigDecimal.ZERO)),
                            fitting(fill.modelPrice()),
                            fitting(fill.realPrice()),
                            Words.ratio(fill.fromTriggerBps()),
                            Words.ratio(fill.slippageBps()))
                        + (fill.seen() ? "" : " *")));
    if (fills.stream().anyMatch(fill -> !fill.seen())) {
      lines.add("  * no mark shows what set it off; the model fills it at its trigger");
    }
  }

  private static <T> void addList(
      List<String> lines, String what, List<T> all, Function<T, String> text) {
    if (all.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(heading(what, all.size()));
    all.stream().limit(SHOWN).forEach(each -> lines.add("  " + text.apply(each)));
  }

  private static String heading(String what, int count) {
    return count > SHOWN
        ? "%s (%d of %s; --json has all)".formatted(what, SHOWN, Words.count(count))
        : "%s (%d)".formatted(what, count);
  }

  private static String unfilled(UnfilledPlan each) {
    ApplyPlan plan = each.plan();
    return "%s %s %s %s %s at %s: %s"
        .formatted(
            plan.getPlanId(),
            plan.getSymbol(),
            plan.getAction(),
            plan.getSide(),
            fitting(plan.getQuantity()),
            time(plan.getCreatedAtMs()),
            (each.outcome().map(Enum::name).orElse("no answer yet") + " " + each.code()).strip());
  }

  private static String stray(StrayFill each) {
    return "%s %s %s %s at %s, %s: %s"
        .formatted(
            each.fillId(),
            each.symbol(),
            each.side(),
            fitting(each.quantity()),
            fitting(each.price()),
            time(each.atMs()),
            switch (each.why()) {
              case NO_PLAN ->
                  each.planId().isEmpty()
                      ? each.origin().name()
                      : "plan " + each.planId() + " is not among the records";
              case NO_MARK -> "no mark of its symbol";
              case NO_TRIGGER -> each.origin() + " whose trigger nobody tells";
            });
  }

  private static void addEquity(List<String> lines, ReconcileReport report) {
    EquityDifference equity = report.equity();
    lines.add("");
    if (equity.points().isEmpty()) {
      lines.add("equity: the pipeline told none in that time");
    } else {
      lines.add(row(Columns.EQUITY, "equity", "pipeline", "model", "difference"));
      equity.sampled(SHOWN).forEach(each -> lines.add(equity(time(each.atMs()), each)));
      EquityDifference.Point largest = equity.points().get(equity.largest().orElse(0));
      lines.add(
          "at the end the pipeline is %s from the model; at the most %s, at %s"
              .formatted(
                  Words.money(equity.points().getLast().difference()),
                  Words.money(largest.difference()),
                  time(largest.atMs())));
    }
    report
        .wallets()
        .forEach(
            (account, more) ->
                lines.add(
                    "the wallet of %s has %s more than its fills and incomes explain"
                        .formatted(account, Words.plain(more))));
  }

  private static String equity(String name, EquityDifference.Point of) {
    return row(
        Columns.EQUITY,
        name,
        Words.money(of.equity()),
        Words.money(of.model()),
        Words.money(of.difference()));
  }

  /** Returns a number with as many digits as fit into a column, three at the least. */
  private static String fitting(BigDecimal number) {
    String text = Words.plain(number);
    for (int digits = MOST_DIGITS; text.length() > WIDTH && digits >= LEAST_DIGITS; digits--) {
      text = Words.plain(number.round(new MathContext(digits)));
    }
    return text;
  }
}
