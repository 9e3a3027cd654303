package io.quantumtrader.replay.report;

import io.quantumtrader.replay.compare.Comparison;
import io.quantumtrader.replay.compare.DecisionChange;
import io.quantumtrader.replay.compare.DecisionChanges;
import io.quantumtrader.replay.compare.VariantRun;
import io.quantumtrader.replay.result.Figures;
import io.quantumtrader.replay.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as lines of at most 80 characters; what is longer is broken at a blank. */
public final class TextReport {

  private static final int COLUMNS = 80;
  private static final int NAME = 24;
  private static final String ROW = "%-" + NAME + "s %6s %6s %8s %6s %6s %10s %7s";

  private TextReport() {}

  /** Returns the table, and the decisions that changed with examples. */
  public static List<String> lines(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add(row("variant", "closed", "win %", "expect.", "avg R", "factor", "profit", "drawd.%"));
    comparison.runs().forEach(run -> lines.add(row(run)));
    lines.add(
        "Profit is the change of equity: after fees, slippage and funding, open positions at their"
            + " last price. Expectancy and R are those of closed positions, after fees and"
            + " funding.");
    for (Comparison.Other other : comparison.others()) {
      lines.add("");
      addChanges(lines, other);
    }
    return lines.stream().flatMap(line -> broken(line).stream()).toList();
  }

  private static String row(VariantRun run) {
    Results results = run.results();
    Figures all = results.all();
    return row(
        shortened(run.variant().name(), NAME),
        Words.count(all.closed()),
        Words.percent(all.winRate()),
        Words.ratio(all.expectancy()),
        Words.ratio(all.averageR()),
        Words.ratio(all.profitFactor()),
        Words.money(results.equityChange()),
        Words.percent(results.curve().maxDrawdown()));
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, ROW, cells);
  }

  private static void addChanges(List<String> lines, Comparison.Other other) {
    DecisionChanges changes = other.changes();
    lines.add(
        "%s: %s of %s inputs decided differently"
            .formatted(
                other.run().variant().name(),
                Words.count(changes.count()),
                Words.count(changes.compared())));
    other
        .thresholds()
        .forEach(
            each ->
                lines.add("  %s: %s -> %s".formatted(each.field(), each.before(), each.after())));
    for (DecisionChanges.Group group : changes.groups()) {
      lines.add("  %8s  %s".formatted(Words.count(group.count()), group.codes().text()));
      DecisionChange example = group.examples().getFirst();
      lines.add("            " + Words.about(example));
      lines.add("            - " + Words.decision(example.before()));
      lines.add("            + " + Words.decision(example.after()));
    }
  }

  /** Breaks a line; what follows is indented two further than it. */
  static List<String> broken(String line) {
    List<String> pieces = new ArrayList<>();
    int indent = line.length() - line.stripLeading().length();
    String rest = line;
    while (rest.length() > COLUMNS) {
      int blank = rest.lastIndexOf(' ', COLUMNS);
      int at = blank > indent + 2 ? blank : COLUMNS;
      pieces.add(rest.substring(0, at));
      rest = " ".repeat(indent + 2) + rest.substring(at).stripLeading();
    }
    pieces.add(rest);
    return pieces;
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }
}
