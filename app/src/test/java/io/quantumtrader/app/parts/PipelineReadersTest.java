package io.quantumtrader.app.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.market.lockstep.Pipeline;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PipelineReadersTest {

  @Test
  void shouldKnowWhoReadsWhat() {
    Pipeline whole =
        PipelineReaders.withAgent(
            PipelineReaders.withExecutor(PipelineReaders.withTopology(Pipeline.ofCatalog())));

    assertThat(whole.readers().keySet())
        .containsExactlyInAnyOrder(
            "quantum-streams", "quantum-executor", "quantum-executor-market", "quantum-agent");
    assertThat(whole.readers().get("quantum-streams"))
        .containsExactlyInAnyOrder(
            "quantum.clock",
            "quantum.market.candle",
            "quantum.market.mark",
            "quantum.trade.intent",
            "quantum.apply.result",
            "quantum.exchange.account",
            "quantum.position.snapshot",
            "quantum.harvest.proposal",
            "quantum-streams-ledger-by-symbol-repartition",
            "quantum-streams-exchange-by-symbol-repartition",
            "quantum-streams-universe-state-repartition",
            "quantum-streams-universe-clock-repartition");
    assertThat(whole.readers().get("quantum-executor-market"))
        .containsExactly("quantum.market.mark");
    assertThat(whole.readers().get("quantum-agent"))
        .containsExactlyInAnyOrder("quantum.market.state", "quantum.universe", "quantum.clock");
  }

  @Test
  void shouldWatchEveryTopicOfTheCatalogAndTheTopologysOwn() {
    Pipeline pipeline = PipelineReaders.withTopology(Pipeline.ofCatalog());

    assertThat(pipeline.topics()).hasSize(Topic.values().length + 4);
    assertThat(pipeline.readers()).hasSize(1);
  }

  @Test
  void shouldTakeOneMoreReader() {
    Pipeline pipeline = Pipeline.ofCatalog().with("sink", Set.of("quantum.permit", "other"));

    assertThat(pipeline.readers()).containsOnlyKeys("sink");
    assertThat(pipeline.topics()).contains("other");
  }
}
