package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.docs.GeneratedPage;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class MetricsPageTest {

  private static final String WRITE = "quantum.docs.write";

  /** Mends the page instead of failing when it is told to. */
  @Test
  void shouldBeUpToDate() {
    GeneratedPage page = MetricsPage.page();
    Path docs = GeneratedPage.directory();
    if (Boolean.getBoolean(WRITE)) {
      page.write(docs);
    }

    assertThat(page.outdated(docs))
        .as(
            "a generated page; write it with: mvn -q -pl app -am test -Dtest=MetricsPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .isEmpty();
  }

  @Test
  void shouldNameEachMetricOnce() {
    assertThat(Arrays.stream(Metric.values()).map(Metric::prometheusName)).doesNotHaveDuplicates();
    assertThat(Metric.DECISIONS.prometheusName()).isEqualTo("quantum_decisions_total");
    assertThat(Metric.CLOCK_LAG.prometheusName()).isEqualTo("quantum_clock_lag_seconds");
  }
}
