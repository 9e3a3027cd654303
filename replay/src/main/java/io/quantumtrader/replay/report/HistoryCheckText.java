package io.quantumtrader.replay.report;

import io.quantumtrader.replay.sweep.LookaheadCheck;
import io.quantumtrader.replay.sweep.WarmupCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the checks of a history found, as lines for people. */
public final class HistoryCheckText {

  private HistoryCheckText() {}

  /** Returns a line for each cut, and an example where a decision changed. */
  public static List<String> lookahead(List<LookaheadCheck.Cut> cuts) {
    List<String> lines = new ArrayList<>();
    for (LookaheadCheck.Cut cut : cuts) {
      lines.add(
          "run until %s: %s of %s inputs decided differently"
              .formatted(
                  Words.time(cut.cutMs()),
                  Words.count(cut.changes().count()),
                  Words.count(cut.changes().compared())));
      if (!cut.changes().groups().isEmpty()) {
        var example = cut.changes().groups().getFirst().examples().getFirst();
        lines.add("  " + Words.about(example));
        lines.add("  by the whole run: " + Words.decision(example.before()));
        lines.add("  by the run until then: " + Words.decision(example.after()));
      }
    }
    return broken(lines);
  }

  /** Returns a line for each figure of a market state. */
  public static List<String> warmup(WarmupCheck check) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s warm market states of a later beginning: %s with the whole run"
            .formatted(
                Words.count(check.compared()),
                check.agrees() ? "they agree" : "they do not agree"));
    check
        .figures()
        .forEach(
            figure ->
                lines.add(
                    figure.worst() == 0
                        ? String.format(Locale.ROOT, "  %-12s equal", figure.name())
                        : String.format(
                            Locale.ROOT,
                            "  %-12s apart by at most %.1e of it, %s",
                            figure.name(),
                            figure.worst(),
                            figure.where())));
    return broken(lines);
  }

  private static List<String> broken(List<String> lines) {
    return lines.stream().flatMap(line -> TextReport.broken(line).stream()).toList();
  }
}
