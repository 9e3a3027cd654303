package io.quantumtrader.app.topology;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.topology.compare.Comparison;
import io.quantumtrader.topology.compare.TopologyFinding;
import io.quantumtrader.topology.compare.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a comparison came to, for people and for machines.
 *
 * @param before where the first export is from
 * @param after where the second is from
 * @param findings every difference, the worst first
 */
record CheckReport(String before, String after, List<TopologyFinding> findings) {

  boolean isHarmless() {
    return Comparison.worst(findings) == Verdict.HARMLESS;
  }

  /** Returns two lines for each difference: what it is, and what to do. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (TopologyFinding found : findings) {
      lines.add(
          word(found.verdict())
              + "  "
              + found.change().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + ": "
              + found.subject()
              + (found.detail().isEmpty() ? "" : " (" + found.detail() + ")"));
      lines.add("           " + found.change().todo());
    }
    return lines;
  }

  /** Returns the sum of it in one line. */
  String verdict() {
    return findings.isEmpty()
        ? after + " is the same as " + before
        : findings.size()
            + (findings.size() == 1 ? " difference" : " differences")
            + " between "
            + before
            + " and "
            + after
            + ", at worst "
            + word(Comparison.worst(findings)).strip();
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case HARMLESS -> "harmless ";
      case MIGRATION -> "migration";
      case BREAKING -> "BREAKING ";
    };
  }

  ObjectNode json() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("before", before).put("after", after);
    report.put("verdict", Comparison.worst(findings).name());
    ArrayNode all = report.putArray("findings");
    for (TopologyFinding found : findings) {
      all.addObject()
          .put("verdict", found.verdict().name())
          .put("change", found.change().name())
          .put("subject", found.subject())
          .put("detail", found.detail())
          .put("todo", found.change().todo());
    }
    return report;
  }
}
