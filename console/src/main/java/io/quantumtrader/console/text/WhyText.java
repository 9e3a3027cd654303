package io.quantumtrader.console.text;

import io.quantumtrader.console.why.WhyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The way of something, as lines. */
public final class WhyText {

  private WhyText() {}

  /**
   * Returns the way of something, a few lines for each step.
   *
   * @param width characters of a line
   */
  public static List<String> lines(WhyRow way, int width) {
    List<String> lines = new ArrayList<>(Folded.lines(way.summary(), "", "", width));
    way.steps().forEach(step -> lines.addAll(step(step, width)));
    if (!way.changes().isEmpty()) {
      lines.add("");
      lines.add("What would have had to be other");
      way.changes().forEach(change -> lines.addAll(change(change, width)));
    }
    return lines;
  }

  private static List<String> change(WhyRow.OtherRow change, int width) {
    String then =
        change.then().isEmpty()
            ? "reckoned, not tried"
            : (change.turns() ? "tried: " : "tried, and not enough: ") + change.then();
    return Folded.lines(change.words() + " (" + then + ")", "  ", "    ", width);
  }

  private static List<String> step(WhyRow.StepRow step, int width) {
    List<String> lines = new ArrayList<>();
    String after = step.sinceMs() == null ? "" : "  +" + step.sinceMs() + " ms";
    lines.add("");
    lines.add(
        Folded.cut(
            "%s%s  %s %s %s"
                .formatted(
                    Plain.dateTime(step.atMs()), after, step.what(), step.verdict(), step.code())
                .stripTrailing(),
            width));
    lines.addAll(Folded.lines(step.words(), "  ", "  ", width));
    if (!step.numbers().isEmpty()) {
      String numbers =
          step.numbers().stream()
              .map(number -> number.name() + "=" + number.value())
              .collect(Collectors.joining(", "));
      lines.addAll(Folded.lines(numbers, "    ", "    ", width));
    }
    String seen = seen(step);
    if (!step.policy().isEmpty() || !seen.isEmpty()) {
      String basis = step.policy() + (seen.isEmpty() ? "" : "; looked at " + seen);
      lines.addAll(Folded.lines(basis, "    ", "    ", width));
    }
    if (!step.runbook().isEmpty() && step.verdict().equals("DENIED")) {
      lines.add("    " + step.runbook());
    }
    return lines;
  }

  private static String seen(WhyRow.StepRow step) {
    return step.lookups().stream()
        .map(
            look ->
                "%s %s %s"
                    .formatted(
                        look.table().replace("quantum.", ""),
                        look.key(),
                        look.ageMs() == null ? "not there" : Plain.duration(look.ageMs()) + " old"))
        .collect(Collectors.joining(", "));
  }
}
