package io.quantumtrader.replay.report;

import io.quantumtrader.replay.compare.Comparison;
import io.quantumtrader.replay.compare.DecisionChange;
import io.quantumtrader.replay.compare.DecisionChanges;
import io.quantumtrader.replay.compare.VariantRun;
import io.quantumtrader.replay.result.Figures;
import io.quantumtrader.replay.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The tables of a page. */
final class ReportTables {

  /** A figure of a run, and what it is called. */
  private record Line(String name, Function<Results, String> value) {}

  private static final List<Line> LINES =
      List.of(
          new Line("profit", results -> Words.money(results.equityChange())),
          new Line("positions opened", results -> Words.count(results.opened())),
          new Line("positions closed", results -> Words.count(results.all().closed())),
          new Line("win rate, %", results -> Words.percent(results.all().winRate())),
          new Line("expectancy", results -> Words.ratio(results.all().expectancy())),
          new Line("average R", results -> Words.ratio(results.all().averageR())),
          new Line("profit factor", results -> Words.ratio(results.all().profitFactor())),
          new Line("gross profit", results -> Words.money(results.all().gross())),
          new Line("fees", results -> Words.money(results.all().fees())),
          new Line("slippage", results -> Words.money(results.slippage())),
          new Line("funding", results -> Words.money(results.funding())),
          new Line("deepest drawdown, %", results -> Words.percent(results.curve().maxDrawdown())),
          new Line(
              "exposure on average, %",
              results -> Words.percent(results.curve().averageExposure())),
          new Line("exposure at most, %", results -> Words.percent(results.curve().maxExposure())),
          new Line("heat at most", results -> Words.ratio(results.curve().maxHeat())),
          new Line("time in market, %", results -> Words.percent(results.curve().timeInMarket())));

  private static final List<String> GROUP_HEADS =
      List.of("", "variant", "closed", "win %", "expectancy", "average R", "factor", "net", "fees");

  private final Comparison comparison;

  ReportTables(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Figures down, variants across. */
  String variants() {
    List<List<String>> rows = new ArrayList<>();
    for (Line line : LINES) {
      List<String> row = new ArrayList<>(List.of(line.name()));
      comparison.runs().forEach(run -> row.add(line.value().apply(run.results())));
      rows.add(row);
    }
    List<String> changed = new ArrayList<>(List.of("inputs decided differently", ""));
    comparison.others().forEach(other -> changed.add(Words.count(other.changes().count())));
    rows.add(changed);
    return Html.table(heads(""), rows)
        + Html.paragraph(
            "Profit is the change of equity after fees, slippage and funding, with what is open"
                + " valued at the last price. Gross profit, fees, expectancy and R are of closed"
                + " positions; expectancy and R are after fees and funding. Slippage is what fills"
                + " cost against the price they were meant for; it is in gross profit already.");
  }

  private List<String> heads(String first) {
    List<String> heads = new ArrayList<>(List.of(first));
    comparison.runs().forEach(run -> heads.add(run.variant().name()));
    return heads;
  }

  String changes() {
    StringBuilder out = new StringBuilder();
    for (Comparison.Other other : comparison.others()) {
      DecisionChanges changes = other.changes();
      out.append("<h3>").append(Html.text(other.run().variant().name())).append("</h3>\n");
      other
          .thresholds()
          .forEach(
              each ->
                  out.append(
                      Html.paragraph(each.field() + ": " + each.before() + " -> " + each.after())));
      out.append(
          Html.paragraph(
              Words.count(changes.count())
                  + " of "
                  + Words.count(changes.compared())
                  + " inputs were decided differently."));
      changes.groups().forEach(group -> out.append(group(group)));
    }
    return out.isEmpty() ? Html.paragraph("There is nothing to compare with.") : out.toString();
  }

  private static String group(DecisionChanges.Group group) {
    StringBuilder out = new StringBuilder("<details><summary>");
    out.append(Html.text(Words.count(group.count()) + " × " + group.codes().text()));
    out.append("</summary>\n");
    for (DecisionChange example : group.examples()) {
      out.append("<pre>")
          .append(Html.text(Words.about(example)))
          .append("\n- ")
          .append(Html.text(Words.decision(example.before())))
          .append("\n+ ")
          .append(Html.text(Words.decision(example.after())))
          .append("</pre>\n");
    }
    return out.append("</details>\n").toString();
  }

  /** Reasons down, variants across. */
  String closes() {
    List<VariantRun> runs = comparison.runs();
    TreeSet<String> reasons = new TreeSet<>();
    runs.forEach(run -> reasons.addAll(run.results().closes().keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String reason : reasons) {
      List<String> row = new ArrayList<>(List.of(reason));
      runs.forEach(run -> row.add(Words.count(run.results().closes().getOrDefault(reason, 0L))));
      rows.add(row);
    }
    return Html.table(heads("reason"), rows)
        + Html.paragraph("Fills that reduced a position; a rung of the ladder is one of them.");
  }

  String regimes() {
    return groups(Results::byRegime, name -> name.isEmpty() ? "not known" : name);
  }

  String symbols() {
    return groups(Results::bySymbol, name -> name);
  }

  private String groups(
      Function<Results, SortedMap<String, Figures>> of, Function<String, String> shown) {
    TreeSet<String> names = new TreeSet<>();
    comparison.runs().forEach(run -> names.addAll(of.apply(run.results()).keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      for (VariantRun run : comparison.runs()) {
        Map<String, Figures> groups = of.apply(run.results());
        if (groups.containsKey(name)) {
          rows.add(row(shown.apply(name), run.variant().name(), groups.get(name)));
        }
      }
    }
    return Html.table(GROUP_HEADS, rows);
  }

  private static List<String> row(String name, String variant, Figures figures) {
    return List.of(
        name,
        variant,
        Words.count(figures.closed()),
        Words.percent(figures.winRate()),
        Words.ratio(figures.expectancy()),
        Words.ratio(figures.averageR()),
        Words.ratio(figures.profitFactor()),
        Words.money(figures.net()),
        Words.money(figures.fees()));
  }
}
