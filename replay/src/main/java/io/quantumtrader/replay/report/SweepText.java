package io.quantumtrader.replay.report;

import io.quantumtrader.replay.compare.VariantRun;
import io.quantumtrader.replay.result.Results;
import io.quantumtrader.replay.sweep.SelectionRule;
import io.quantumtrader.replay.sweep.SharpeRatio;
import io.quantumtrader.replay.sweep.SweepResult;
import io.quantumtrader.replay.sweep.WalkForward;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A sweep as lines for people. */
public final class SweepText {

  private static final int SHOWN = 10;

  private SweepText() {}

  /** Returns what is said before the first run: the rule and how many there will be. */
  public static List<String> before(SelectionRule rule, int trials) {
    return TextReport.broken(
        "Selection rule, fixed before the sweep: %s, among %s variants."
            .formatted(rule.words(), Words.count(trials)));
  }

  /** Returns the best runs, and how far the first of them is from luck. */
  public static List<String> lines(SweepResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(row("score", "Sharpe", "closed", "profit", "drawd.%", "variant"));
    result.trials().stream().limit(SHOWN).forEach(trial -> lines.add(row(trial)));
    if (result.trials().size() > SHOWN) {
      lines.add("  ... and " + Words.count(result.trials().size() - SHOWN) + " more");
    }
    lines.addAll(luck(result));
    return lines.stream().flatMap(line -> TextReport.broken(line).stream()).toList();
  }

  /** Returns what was found in a window, and what became of it in the next. */
  public static List<String> window(WalkForward window, SweepResult result, VariantRun after) {
    return List.of(
        "%s to %s: %s"
            .formatted(
                Words.time(window.searched().firstCloseTimeMs()),
                Words.time(window.searched().lastCloseTimeMs()),
                result.best().run().variant().name()),
        row("score", "Sharpe", "closed", "profit", "drawd.%", "where"),
        row(result.best().run().results(), result.best().score(), "searched"),
        row(after.results(), result.rule().score(after.results()), "next"));
  }

  private static String row(SweepResult.Trial trial) {
    return row(trial.run().results(), trial.score(), trial.run().variant().name());
  }

  private static String row(Results results, double score, String name) {
    return row(
        Double.isInfinite(score) ? Words.NONE : Words.precise(score),
        Words.precise(SelectionRule.sharpe(results).value()),
        Words.count(results.all().closed()),
        Words.money(results.equityChange()),
        Words.percent(results.curve().maxDrawdown()),
        name);
  }

  private static String row(
      String score, String sharpe, String closed, String profit, String drawdown, String name) {
    return String.format(
        Locale.ROOT, "%8s %9s %7s %10s %7s  %s", score, sharpe, closed, profit, drawdown, name);
  }

  private static List<String> luck(SweepResult result) {
    SharpeRatio best = result.sharpe();
    return List.of(
        "Chosen by %s, among %s variants tried."
            .formatted(result.rule().words(), Words.count(result.trials().size())),
        ("Its Sharpe ratio is %s an hour over %s hours. Luck alone, among so many without any"
                + " skill, is expected to reach %s. The probability that the true ratio is above"
                + " that (deflated Sharpe ratio, Bailey and Lopez de Prado 2014) is %s %%.")
            .formatted(
                Words.precise(best.value()),
                Words.count(best.periods()),
                Words.precise(result.luck().expectedByLuck()),
                Words.percent(result.luck().probability())));
  }
}
