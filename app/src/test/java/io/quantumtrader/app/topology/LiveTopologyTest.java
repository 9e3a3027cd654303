package io.quantumtrader.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.GlobalTableProgress;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.export.QuantumExport;
import io.quantumtrader.topology.live.MeasuringWrapper;
import io.quantumtrader.topology.live.NodeMeters;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** The numbers of one process in the picture of another. */
final class LiveTopologyTest {

  private static CommandRun live(String url, String format) {
    return CommandRun.of("topology", "--live", "--url", url, "--format", format);
  }

  private static NodeMeters afterOneIntent() {
    NodeMeters meters = new NodeMeters();
    MeasuringWrapper wrapper = new MeasuringWrapper();
    wrapper.configure(Map.of(NodeMeters.SETTING, meters));
    for (String node : List.of(Names.INTENT_TIME, Names.BRIDGE)) {
      Processor<String, String, String, String> measured =
          wrapper
              .wrapProcessorSupplier(
                  node, () -> (Processor<String, String, String, String>) intent -> {})
              .get();
      measured.process(new Record<>("main", "intent", 0));
    }
    return meters;
  }

  @Test
  void shouldShowTheNumbersInThePicture() throws Exception {
    // given
    try (LiveServer server =
        LiveServer.start(
            QuantumExport.of(PartitionCounts.DEFAULT),
            afterOneIntent(),
            new GlobalTableProgress())) {
      // when
      CommandRun run = live(server.uri().toString(), "text");

      // then
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("processor bridge 1 → 0, ")
          .contains("source trade-intent-source · 1");
      CommandRun picture = live(server.uri().toString(), "svg");
      assertThat(picture.code()).isZero();
      assertThat(picture.out()).contains(">bridge 1 → 0, ");
    }
  }

  @Test
  void shouldSayInOneLineThatNothingAnswers() throws Exception {
    // given
    LiveServer server =
        LiveServer.start(
            QuantumExport.of(PartitionCounts.DEFAULT), new NodeMeters(), new GlobalTableProgress());
    server.close();

    // when
    CommandRun run = live(server.uri().toString(), "text");

    // then
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("is it still running?").hasLineCount(1);
  }

  @Test
  void shouldTellHowFarTheGlobalTablesAre() throws Exception {
    GlobalTableProgress tables = new GlobalTableProgress();
    TopicPartition control = new TopicPartition("quantum.control", 0);
    LiveServer server =
        LiveServer.start(QuantumExport.of(PartitionCounts.DEFAULT), new NodeMeters(), tables);
    try (LiveTables asked = new LiveTables(server.uri())) {
      assertThat(asked.lastApplied(control)).isEmpty();
      tables.applied("quantum.control", 0, 7);
      assertThat(asked.lastApplied(control)).hasValue(7);

      server.close();

      assertThat(asked.lastApplied(control)).isEmpty();
    }
  }
}
