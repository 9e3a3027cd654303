package io.quantumtrader.app.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.Tuning;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** What the parts of a pipeline are built with. */
class PipelinePartsTest {

  private final PipelineParts parts =
      new PipelineParts(new Endpoints("broker:1", "http://registry:2"), PartitionCounts.DEFAULT);

  @Test
  void shouldRunTheStagesAtTheBrokerAndWithTheTuningThatWereAskedFor() {
    assertThat(parts.settings(Tuning.THROUGHPUT, Map.of()).properties())
        .containsEntry(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "broker:1")
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L);
    assertThat(parts.settings(Tuning.LATENCY, Map.of()).properties())
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 10L);
  }
}
