package io.quantumtrader.console.runbook;

import static java.util.stream.Collectors.joining;

import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.schemas.docs.GeneratedPage;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes {@code docs/runbook.md} out of health costs, alerts and reason codes. */
public final class RunbookPage {

  private static final String FILE = "runbook.md";
  private static final int TROUBLE_PARTS = 5;

  private RunbookPage() {}

  /**
   * An alert, as Prometheus has it.
   *
   * @param name its name
   * @param severity critical or warning
   * @param summary what it says
   * @param action what it says to do
   */
  public record Alert(String name, String severity, String summary, String action) {}

  /** Returns where the section about something is, by its name. */
  public static String section(String name) {
    return "docs/" + FILE + "#" + name.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the page.
   *
   * @param alerts every alert, in its order
   */
  public static GeneratedPage page(List<Alert> alerts) {
    StringBuilder text = new StringBuilder();
    troubles(text);
    health(text);
    alerts(alerts, text);
    codes(text);
    return new GeneratedPage(FILE, "Runbook", text.toString());
  }

  /** Returns the titles of the sections about what people say, in their order. */
  public static List<String> troubles() {
    return Advice.lines("troubles.txt", TROUBLE_PARTS).stream().map(List::getFirst).toList();
  }

  private static void troubles(StringBuilder text) {
    text.append("## What people say\n\n");
    for (List<String> trouble : Advice.lines("troubles.txt", TROUBLE_PARTS)) {
      text.append("### ").append(trouble.get(0)).append("\n\n");
      text.append(trouble.get(1)).append("\n\n");
      advice(text, new Advice(trouble.get(2), trouble.get(3), trouble.get(4)));
    }
  }

  private static void health(StringBuilder text) {
    text.append("## What costs health\n\n");
    text.append(
        "`./quantum health` begins at 100. From 80 it is healthy, from 50 a warning, below");
    text.append(" critical.\n\n");
    for (HealthCost cost : HealthCost.values()) {
      text.append("### ").append(cost.name()).append("\n\n");
      text.append(cost.meaning()).append(" It costs ").append(cost.points()).append(" points.\n\n");
      line(text, "Alerts", cost.alerts().stream().map(RunbookPage::link).collect(joining(", ")));
      advice(text, new Advice(cost.causes(), cost.lookAt(), cost.whatToDo()));
    }
  }

  private static String link(String alert) {
    return "[%s](#%s)".formatted(alert, alert.toLowerCase(Locale.ROOT));
  }

  private static void alerts(List<Alert> alerts, StringBuilder text) {
    text.append("## Alerts\n\n");
    for (Alert alert : alerts) {
      text.append("### ").append(alert.name()).append("\n\n");
      text.append(escaped(alert.summary())).append(" (").append(alert.severity()).append(")\n\n");
      text.append("- **Do:** ").append(escaped(alert.action())).append("\n\n");
    }
  }

  /** What the templates of Prometheus put in is named by what it stands for. */
  private static String escaped(String text) {
    return text.replaceAll("\\{\\{ *printf [^}]*\\$value *}}", "N")
        .replaceAll("\\{\\{ *\\$value *}}", "N")
        .replaceAll("\\{\\{ *\\$labels\\.(\\w+) *}}", "<$1>")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static void codes(StringBuilder text) {
    Map<String, Advice> advice = Advice.ofCodes();
    Map<String, List<ReasonCode>> groups =
        Arrays.stream(ReasonCode.values())
            .collect(
                Collectors.groupingBy(ReasonCode::stage, LinkedHashMap::new, Collectors.toList()));
    text.append("## Reason codes\n\n");
    groups.forEach(
        (stage, codes) -> {
          text.append("Of ").append(stage).append(":\n\n");
          for (ReasonCode code : codes) {
            text.append("### ").append(code.name()).append("\n\n");
            text.append(code.meaning()).append("\n\n");
            advice(text, advice.getOrDefault(code.name(), new Advice("-", "-", "-")));
          }
        });
  }

  private static void advice(StringBuilder text, Advice advice) {
    line(text, "Likely causes", advice.causes());
    line(text, "Look at", advice.lookAt());
    line(text, "Do", advice.whatToDo());
    text.append('\n');
  }

  private static void line(StringBuilder text, String name, String what) {
    if (!what.equals(Advice.NOTHING)) {
      text.append("- **").append(name).append(":** ").append(what).append('\n');
    }
  }
}
