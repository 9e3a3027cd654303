package io.quantumtrader.replay.report;

import io.quantumtrader.replay.incident.CloseWhatIf;
import io.quantumtrader.replay.incident.DayTime;
import io.quantumtrader.replay.incident.Incident;
import io.quantumtrader.replay.incident.IncidentOutcome;
import io.quantumtrader.replay.incident.IncidentReport;
import io.quantumtrader.replay.incident.OldRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An incident as lines of at most 80 characters. */
public final class IncidentText {

  private static final String ROW = "%-48s %14s %14s";
  private static final int EXAMPLES = 3;

  private IncidentText() {}

  /** Returns the names of all incidents, one line each. */
  public static List<String> names() {
    List<String> lines = new ArrayList<>();
    for (Incident each : Incident.values()) {
      lines.add("%-26s %s".formatted(each.label(), each.title()));
    }
    return lines;
  }

  /** Returns what happened, then beside now, and where the rules of then are written down. */
  public static List<String> lines(IncidentReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(report.incident().title());
    for (String paragraph : report.incident().story()) {
      lines.add("");
      lines.add(paragraph);
    }
    lines.add("");
    addTable(lines, report.then(), report.now());
    addExamples(lines, report);
    if (!report.whatIf().isEmpty()) {
      addWhatIf(lines, report.whatIf());
    }
    addSources(lines, report.then());
    return lines.stream().flatMap(line -> TextReport.broken(line).stream()).toList();
  }

  private static void addTable(List<String> lines, IncidentOutcome then, IncidentOutcome now) {
    lines.add(ROW.formatted("", "then", "now"));
    lines.add(count("intents", then.intents(), now.intents()));
    lines.add(count("  granted", then.granted(), now.granted()));
    lines.add(count("  refused", then.refusals(), now.refusals()));
    addCodes(lines, then.refused(), now.refused());
    lines.add(count("positions opened", then.opened(), now.opened()));
    lines.add(count("  most at once", then.mostOpen(), now.mostOpen()));
    lines.add(count("  that got a stop", then.protectedPositions(), now.protectedPositions()));
    lines.add(count("  whose symbol exits look at", then.watched(), now.watched()));
    lines.add(
        ROW.formatted(
            "highest exposure, margin over equity",
            percent(then.highestExposure()),
            percent(now.highestExposure())));
    lines.add(count("closes asked for and held back", sum(then.held()), sum(now.held())));
    addCodes(lines, then.held(), now.held());
    lines.add(count("closes and partial closes", then.closingFills(), now.closingFills()));
    addCodes(lines, then.closes(), now.closes());
    lines.add(count("open at the end", then.openAtEnd(), now.openAtEnd()));
  }

  private static void addCodes(List<String> lines, Map<String, Long> then, Map<String, Long> now) {
    Set<String> codes = new TreeSet<>(then.keySet());
    codes.addAll(now.keySet());
    codes.forEach(
        code ->
            lines.add(ROW.formatted("    " + code, shown(then.get(code)), shown(now.get(code)))));
  }

  private static String shown(Long count) {
    return count == null ? "-" : Words.count(count);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String count(String what, long then, long now) {
    return ROW.formatted(what, Words.count(then), Words.count(now));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static void addExamples(List<String> lines, IncidentReport report) {
    lines.add("");
    lines.add("decisions of then, for example:");
    report.then().examples().stream().limit(EXAMPLES).forEach(each -> lines.add("  " + each));
    lines.add("decisions of now, for example:");
    report.now().examples().stream().limit(EXAMPLES).forEach(each -> lines.add("  " + each));
  }

  private static void addWhatIf(List<String> lines, List<CloseWhatIf> whatIf) {
    lines.add("");
    lines.add("the same close under other policies:");
    for (CloseWhatIf each : whatIf) {
      lines.add("  " + each.name() + (each.thresholds().isEmpty() ? "" : ":"));
      if (!each.thresholds().isEmpty()) {
        lines.add("    " + String.join(" ", each.thresholds()));
      }
      each.firstHeld()
          .ifPresent(
              first ->
                  lines.add(
                      "    held back %s times, first at %s"
                          .formatted(Words.count(each.heldTimes()), point(first))));
      each.atTheScore().ifPresent(held -> lines.add("    held back at " + point(held)));
      lines.add("    " + each.closed().map(IncidentText::close).orElse("still open at the end"));
      lines.add("    profit before fees " + Words.money(each.realized().doubleValue()));
    }
  }

  private static String point(CloseWhatIf.Point point) {
    return String.format(
        Locale.ROOT,
        "%s: %s, kill score %.3f, R %.2f",
        DayTime.minute(point.atMs()),
        point.code(),
        point.killScore(),
        point.rNet());
  }

  private static String close(CloseWhatIf.Close close) {
    String how =
        "closed at %s by %s at %s"
            .formatted(
                DayTime.minute(close.atMs()),
                close.trigger(),
                close.price().stripTrailingZeros().toPlainString());
    return how + close.proposal().map(each -> ", asked for at " + point(each)).orElse("");
  }

  private static void addSources(List<String> lines, IncidentOutcome then) {
    Set<String> codes = new TreeSet<>(then.refused().keySet());
    codes.addAll(then.held().keySet());
    lines.add("");
    lines.add("where the rules of then stand, in the contracts of the old system:");
    for (String code : codes) {
      lines.add("  " + code + ": " + OldRefusal.valueOf(code).where());
    }
    lines.add("  permits that the bridge grants itself: entry contract, 0 item 4");
    lines.add("  no limit of positions, no stops: exit contract, 10.1 and 13");
    lines.add("  three symbols with exits: exit contract, 5.3 and 7.1");
    lines.add(
        "Played are bridge, executor, harvest service and apply layer with their defaults. Not"
            + " played are other ways of closing, which this input does not ask for: the"
            + " executor's harvest lane, reconciling, and stops of dag3 (exit contract, 0 item"
            + " 7).");
  }
}
