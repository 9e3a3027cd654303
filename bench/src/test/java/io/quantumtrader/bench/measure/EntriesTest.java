package io.quantumtrader.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.topology.Tuning;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
final class EntriesTest {

  @Test
  void shouldSetThePipelineBesideTheLoopThatWritesTheSame() {
    List<Figure> figures = new Entries(Tuning.LATENCY).run(Effort.QUICK, step -> {});

    Map<String, Figure> byId =
        figures.stream().collect(Collectors.toMap(Figure::id, Function.identity()));
    for (String kind : List.of("accepted", "denied", "tenth")) {
      String id = "entries." + kind;
      assertThat(byId)
          .containsKeys(id + ".rate", id + ".clients", id + ".process", id + ".loop.rate");
      assertThat(byId.get(id + ".rate").loop()).isEqualTo(id + ".loop.rate");
    }
    assertThat(byId).containsKey("entries.pass.rate");
    assertThat(figures)
        .allSatisfy(figure -> assertThat(figure.values()).hasSize(1).allMatch(each -> each > 0));
    // An accepted intent: decision, plan, permit and portfolio, and what the stores remember.
    assertThat(records(byId, "accepted")).isGreaterThan(4);
    // A denied one: its decision, and that it was seen.
    assertThat(records(byId, "denied")).isEqualTo(2);
    assertThat(records(byId, "tenth"))
        .isBetween(records(byId, "denied"), records(byId, "accepted"));
  }

  private static double records(Map<String, Figure> byId, String kind) {
    return byId.get("entries." + kind + ".loop.records").median();
  }
}
