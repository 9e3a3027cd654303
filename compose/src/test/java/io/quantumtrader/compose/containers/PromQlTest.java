package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The test of what the dashboards are tested with. */
final class PromQlTest {

  private static final Exposition SHOWN =
      Exposition.of(
          """
          # TYPE a_total counter
          a_total{code="X",stage="one"} 0.0
          b{account="main"} NaN
          c 1.0
          """);

  @Test
  void shouldFindMetricsMatchedAndGroupedLabels() {
    List<PromQl.Selector> found =
        PromQl.selectors(
            "topk(3, sum by (code) (max by (stage, code) (rate(a_total{code=\"X\",s=~\".*\"}[5m]))))"
                + " * 60 > 0 or absent(c)");

    assertThat(found)
        .containsExactly(
            new PromQl.Selector("a_total", Map.of("code", "X"), Set.of("code", "stage", "s")),
            new PromQl.Selector("c", Map.of(), Set.of()));
  }

  @Test
  void shouldRefuseWhatDoesNotClose() {
    assertThatThrownBy(() -> PromQl.selectors("sum by (a) (b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PromQl.selectors("sum(b))"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PromQl.selectors("b{c=}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTellAWrongNameLabelAndValueAndANumberThatIsNone() {
    assertThat(missing("sum by (stage) (a_total{code=\"X\"})")).isEmpty();
    assertThat(missing("c")).isEmpty();
    assertThat(missing("up == 0")).isEmpty();
    assertThat(missing("a")).hasSize(1);
    assertThat(missing("sum by (stages) (a_total)")).hasSize(1);
    assertThat(missing("a_total{code=\"Y\"}")).hasSize(1);
    assertThat(missing("c > 0 and nothing > 0")).hasSize(1);
    assertThat(missing("b")).singleElement().asString().contains("NaN");
    assertThat(new Asked("here", "a_total", List.of("topic")).missing(SHOWN)).hasSize(1);
  }

  private static List<String> missing(String expression) {
    return new Asked("here", expression, List.of()).missing(SHOWN);
  }
}
