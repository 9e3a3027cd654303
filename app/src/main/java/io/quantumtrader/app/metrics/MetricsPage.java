package io.quantumtrader.app.metrics;

import io.quantumtrader.schemas.docs.GeneratedPage;

/** The project's own metrics, as {@code docs/metrics.md}. */
public final class MetricsPage {

  private MetricsPage() {}

  /** Returns the page as it should be. */
  public static GeneratedPage page() {
    StringBuilder text = new StringBuilder();
    text.append("| name | type | labels | meaning |\n|---|---|---|---|\n");
    for (Metric metric : Metric.values()) {
      text.append("| `")
          .append(metric.prometheusName())
          .append("` | ")
          .append(metric.kind())
          .append(" | ")
          .append(String.join(", ", metric.labels()))
          .append(" | ")
          .append(metric.meaning())
          .append(" |\n");
    }
    return new GeneratedPage("metrics.md", "Metrics", text.toString());
  }
}
