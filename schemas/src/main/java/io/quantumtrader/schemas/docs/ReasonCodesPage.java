package io.quantumtrader.schemas.docs;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The closed list of reason codes by stage, as {@code docs/reason-codes.md}. */
public final class ReasonCodesPage {

  private ReasonCodesPage() {}

  /** Returns the page as it should be. */
  public static GeneratedPage page() {
    Map<String, List<ReasonCode>> byStage =
        Arrays.stream(ReasonCode.values())
            .collect(
                Collectors.groupingBy(ReasonCode::stage, LinkedHashMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder();
    text.append(ReasonCode.values().length)
        .append(" codes. They travel as text, and are checked against this list where they are")
        .append(" made.\n");
    byStage.forEach(
        (stage, codes) -> {
          text.append("\n## ").append(stage).append("\n\n| code | meaning |\n|---|---|\n");
          codes.forEach(code -> text.append(row(code)));
        });
    return new GeneratedPage("reason-codes.md", "Reason codes", text.toString());
  }

  private static String row(ReasonCode code) {
    return "| `" + code.name() + "` | " + GeneratedPage.cell(code.meaning()) + " |\n";
  }
}
