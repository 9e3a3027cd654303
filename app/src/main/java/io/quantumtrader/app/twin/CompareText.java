package io.quantumtrader.app.twin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.compare.ComparisonReport;
import io.quantumtrader.execution.twin.compare.ComparisonReport.Finding;
import io.quantumtrader.execution.twin.compare.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as it is printed. */
final class CompareText {

  private CompareText() {}

  /** Returns two lines for each finding, then the sum. */
  static List<String> lines(ComparisonReport report) {
    List<String> lines = new ArrayList<>();
    report.notes().forEach(note -> lines.add("not set up  " + note));
    for (Finding finding : report.findings()) {
      Difference first = finding.first();
      lines.add(
          String.format(Locale.ROOT, "%-10s  %s  %s", word(first), first.asked(), field(first)));
      String times = finding.count() == 1 ? "" : ", and " + (finding.count() - 1) + " more";
      lines.add(
          "            exchange: "
              + shown(first.recorded())
              + "   twin: "
              + shown(first.twin())
              + "   (line "
              + first.line()
              + times
              + ")");
    }
    lines.add(sum(report));
    return lines;
  }

  private static String word(Difference difference) {
    return difference.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String field(Difference difference) {
    return difference.field().isEmpty() ? "the answer" : difference.field();
  }

  private static String shown(String value) {
    return value.isEmpty() ? "-" : value;
  }

  private static String sum(ComparisonReport report) {
    String differences =
        report.agrees() ? "no difference" : report.findings().size() + " kinds of difference";
    return String.format(
        Locale.ROOT,
        "%s in %d answers; not compared: %d without a known outcome, %d at a limit",
        differences,
        report.compared(),
        report.unresolved(),
        report.limited());
  }

  static ObjectNode json(String session, ComparisonReport report) {
    ObjectNode all =
        JsonNodeFactory.instance
            .objectNode()
            .put("session", session)
            .put("agrees", report.agrees())
            .put("requests", report.requests())
            .put("compared", report.compared())
            .put("unresolved", report.unresolved())
            .put("limited", report.limited());
    ArrayNode notes = all.putArray("notes");
    report.notes().forEach(notes::add);
    ArrayNode differences = all.putArray("differences");
    for (Finding finding : report.findings()) {
      Difference first = finding.first();
      differences
          .addObject()
          .put("kind", first.kind().name())
          .put("request", first.asked())
          .put("field", first.field())
          .put("exchange", first.recorded())
          .put("twin", first.twin())
          .put("line", first.line())
          .put("count", finding.count());
    }
    return all;
  }
}
