package io.quantumtrader.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.record.Manifest;
import io.quantumtrader.replay.record.RecordedTopics;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Recordings as {@code quantum record} makes them, of a run of the example candles. */
final class Recordings {

  private static final Path CANDLES = Path.of("..", "examples", "candles").toAbsolutePath();

  private Recordings() {}

  /** A record as it was appended. */
  private record Appended(TopicPartition partition, LogEntry entry) {}

  /**
   * Writes one, with a trading state in it that nobody can read.
   *
   * @param fromMs earliest time of a record, as --from gives it
   */
  static void write(Path directory, PaperSettings paper, long fromMs) throws Exception {
    CandleFile candles = CandleFile.read(CANDLES);
    long beginMs = candles.firstCloseTimeMs();
    Control active =
        Control.newBuilder()
            .setAccount(Accounts.ALL)
            .setTradingState(TradingState.ACTIVE)
            .setReason("test")
            .setSetBy("test")
            .setAtMs(beginMs)
            .build();
    PipelineSetup setup =
        new PipelineSetup(
            PartitionCounts.DEFAULT,
            paper,
            Optional.of(AgentSettings.DEFAULT),
            Map.of(Policies.DEFAULT, Policies.initial(beginMs)),
            List.of(active),
            beginMs);
    List<Appended> all = new ArrayList<>();
    try (MemoryPipeline pipeline =
            new MemoryPipeline(
                setup, (partition, entry) -> all.add(new Appended(partition, entry)));
        RecordingWriter writer =
            new RecordingWriter(directory, PartitionCounts.DEFAULT, "quantum test")) {
      pipeline.settle();
      TopicPartition control = new TopicPartition(Topic.CONTROL.topicName(), 0);
      pipeline.put(control, beginMs, "main".getBytes(UTF_8), new byte[] {1, 2}, new Header[0]);
      CandleRun.play(pipeline, candles, IntentQueue.empty(), new Stop(), progress -> {});
      RecordedTopics topics =
          new RecordedTopics(pipeline.serdes(), fromMs, Long.MAX_VALUE, count -> {});
      for (Appended each : all) {
        Topic.named(each.partition().topic())
            .ifPresent(
                topic -> topics.take(topic, each.entry().recordOf(each.partition()), writer));
      }
      Manifest unused = writer.finish();
    }
  }
}
