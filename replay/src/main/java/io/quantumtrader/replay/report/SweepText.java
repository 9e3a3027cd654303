package io.quantumtrader.replay.report;

import io.quantumtrader.replay.sweep.SelectionRule;
import io.quantumtrader.replay.sweep.SharpeRatio;
import io.quantumtrader.replay.sweep.SweepResult;
import io.quantumtrader.replay.sweep.Trial;
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
        "Selection rule, fixed before the sweep: %s. %s variants are run."
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
  public static List<String> window(WalkForward window, SweepResult result, Trial after) {
    List<String> lines =
        List.of(
            "%s to %s: %s"
                .formatted(
                    Words.time(window.searched().firstCloseTimeMs()),
                    Words.time(window.searched().lastCloseTimeMs()),
                    result.best().variant().name()),
            row("score", "Sharpe", "closed", "profit", "drawd.%", "where"),
            row(result.best(), "searched"),
            row(after, "next, to " + Words.time(window.tried().lastCloseTimeMs())));
    return lines.stream().flatMap(line -> TextReport.broken(line).stream()).toList();
  }

  private static String row(Trial trial) {
    return row(trial, trial.variant().name());
  }

  private static String row(Trial trial, String name) {
    return row(
        Double.isInfinite(trial.score()) ? Words.NONE : Words.precise(trial.score()),
        Words.precise(trial.sharpe().value()),
        Words.count(trial.totals().all().closed()),
        Words.money(trial.totals().equityChange()),
        Words.percent(trial.totals().maxDrawdown()),
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
        "The first of these %s variants has %s."
            .formatted(Words.count(result.trials().size()), result.rule().words()),
        ("Its Sharpe ratio is %s an hour over %s hours. The best of so many variants without any"
                + " skill is expected to reach %s by luck. The probability that the true ratio is"
                + " above that (deflated Sharpe ratio, Bailey and Lopez de Prado 2014) is %s %%."
                + " It counts the variants of this sweep as independent, and nothing that was"
                + " tried before; of another market it says nothing.")
            .formatted(
                Words.precise(best.value()),
                Words.count(best.periods()),
                Words.precise(result.luck().expectedByLuck()),
                Words.percent(result.luck().probability())));
  }
}
