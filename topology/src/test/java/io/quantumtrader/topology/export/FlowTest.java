package io.quantumtrader.topology.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.export.SvgLayout.Link;
import io.quantumtrader.topology.export.SvgLayout.Place;
import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pictures show the stages as a record meets them, and the executor with what it answers. */
final class FlowTest {

  private static final TopologyExport BUILT = QuantumExport.of(PartitionCounts.DEFAULT);

  private static List<String> stages(String subtopology) {
    return BUILT.subtopologies().stream()
        .filter(found -> found.name().equals(subtopology))
        .flatMap(found -> Labels.stages(found).stream())
        .map(Node::name)
        .toList();
  }

  @Test
  void shouldOrderTheStagesAsARecordMeetsThem() {
    assertThat(stages("account"))
        .containsExactly(
            "position-snapshot-rows",
            "portfolio",
            "bridge",
            "governor",
            "portfolio-gate",
            "ledger",
            "heat-gate",
            "apply-layer",
            "exchange-account-rows");
    assertThat(stages("universe")).containsExactly("universe-states", "universe-ranking");
  }

  @Test
  void shouldPutEachNodeAfterAllThatFeedItAndLoseNone() {
    for (Subtopology subtopology : BUILT.subtopologies()) {
      List<Node> flow = Flow.of(subtopology);
      assertThat(flow).containsExactlyInAnyOrderElementsOf(subtopology.nodes());
      for (int i = 0; i < flow.size(); i++) {
        assertThat(flow.subList(0, i).stream().map(Node::name))
            .containsAll(flow.get(i).predecessors());
      }
    }
  }

  @Test
  void shouldShowTheSameOrderInBothPictures() {
    String mermaid = Format.MERMAID.write(BUILT, LiveNumbers.NONE);
    String svg = Format.SVG.write(BUILT, LiveNumbers.NONE);
    assertThat(mermaid)
        .contains("portfolio<br/>bridge<br/>governor<br/>portfolio-gate<br/>ledger<br/>heat-gate");
    assertThat(svg)
        .containsSubsequence(
            ">bridge</text>", ">governor</text>", ">portfolio-gate</text>", ">apply-layer</text>");
  }

  @Test
  void shouldDrawThePlansToTheExecutorAndItsResultsBack() {
    // given
    SvgLayout layout = new SvgLayout(BUILT);
    String mermaid = Format.MERMAID.write(BUILT, LiveNumbers.NONE);

    // then
    assertThat(layout.links())
        .extracting(Link::topic)
        .contains("quantum.apply.plan", "quantum.apply.result", "quantum.exchange.account");
    assertThat(layout.places().stream().map(FlowTest::name))
        .containsExactly("account", "executor", "symbol", "universe", "tables");
    assertThat(Format.SVG.write(BUILT, LiveNumbers.NONE)).contains(">executor</text>");
    String plan = id(mermaid, "quantum.apply.plan");
    String result = id(mermaid, "quantum.apply.result");
    assertThat(mermaid)
        .contains("e0[[\"<b>executor</b>", plan + " --> e0\n", "e0 --> " + result + "\n")
        .contains(" --> " + plan + "\n", "  " + result + " --> s");
  }

  private static String name(Place place) {
    if (place.service() != null) {
      return place.service().name();
    }
    return place.isTables() ? "tables" : place.subtopology().name();
  }

  private static String id(String mermaid, String topic) {
    return mermaid
        .lines()
        .filter(line -> line.contains("\"" + topic + "\""))
        .map(line -> line.strip().replaceAll("\\(.*", ""))
        .findFirst()
        .orElseThrow();
  }
}
