package io.quantumtrader.replay.incident;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.record.Manifest;
import io.quantumtrader.replay.record.RecordedTopics;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Plays an input through the whole pipeline of now, without a broker. */
final class NowRun {

  private static final PartitionCounts COUNTS = PartitionCounts.DEFAULT;

  private final IncidentInput input;
  private final Policy policy;

  NowRun(IncidentInput input, Policy policy) {
    this.input = input;
    this.policy = policy;
  }

  /**
   * Plays it to its end.
   *
   * @param progress hears how much is done, 0 to 1
   */
  NowFold play(DoubleConsumer progress) throws InterruptedException {
    Listener listener = new Listener(false);
    try (MemoryPipeline pipeline = new MemoryPipeline(setup(), listener)) {
      play(pipeline, listener, progress);
    }
    return listener.fold;
  }

  /**
   * Plays it to its end, and writes all of its topics as a recording.
   *
   * @param directory an empty directory, or one that does not exist yet
   * @param program version of the program
   * @param progress hears how much is done, 0 to 1
   * @throws io.quantumtrader.replay.record.RecordingException where the directory holds something
   */
  NowFold record(Path directory, String program, DoubleConsumer progress)
      throws IOException, InterruptedException {
    Listener listener = new Listener(true);
    try (RecordingWriter writer = new RecordingWriter(directory, COUNTS, program);
        MemoryPipeline pipeline = new MemoryPipeline(setup(), listener)) {
      play(pipeline, listener, progress);
      write(pipeline.serdes(), listener.all, writer);
    }
    return listener.fold;
  }

  private void play(MemoryPipeline pipeline, Listener listener, DoubleConsumer progress)
      throws InterruptedException {
    listener.serdes = pipeline.serdes();
    CandleRun.play(
        pipeline,
        input.candleFile(),
        input.intents(),
        new Stop(),
        step -> progress.accept(step.share()));
  }

  private PipelineSetup setup() {
    long beginMs = MadeCandles.BEGIN_MS;
    Control active =
        Control.newBuilder()
            .setAccount(Accounts.ALL)
            .setTradingState(TradingState.ACTIVE)
            .setReason("incident")
            .setSetBy("incident")
            .setAtMs(beginMs)
            .build();
    return new PipelineSetup(
        COUNTS,
        PaperSettings.DEFAULT,
        Optional.empty(),
        Map.of(Policies.DEFAULT, policy),
        List.of(active),
        beginMs);
  }

  private static void write(RecordSerdes serdes, List<Appended> all, RecordingWriter writer)
      throws IOException {
    RecordedTopics topics = new RecordedTopics(serdes, Long.MIN_VALUE, Long.MAX_VALUE, any -> {});
    try {
      for (Appended each : all) {
        Topic topic = Topic.named(each.partition().topic()).orElse(null);
        if (topic != null) {
          topics.take(topic, each.entry().recordOf(each.partition()), writer);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Manifest unused = writer.finish();
  }

  /** A record as it was appended. */
  private record Appended(TopicPartition partition, LogEntry entry) {}

  /** Folds what is asked about, and keeps everything where it is recorded. */
  private static final class Listener implements RecordLog.Listener {

    private final boolean keeps;
    private final List<Appended> all = new ArrayList<>();
    private final NowFold fold = new NowFold();
    private final Map<Topic, Deserializer<? extends SpecificRecord>> readers = new HashMap<>();
    private RecordSerdes serdes;

    Listener(boolean keeps) {
      this.keeps = keeps;
    }

    @Override
    public void appended(TopicPartition partition, LogEntry entry) {
      if (keeps) {
        all.add(new Appended(partition, entry));
      }
      Topic topic = Topic.named(partition.topic()).orElse(null);
      if (topic != null && NowFold.TOPICS.contains(topic) && entry.value() != null) {
        fold.accept(
            readers
                .computeIfAbsent(topic, any -> serdes.of(any.valueType().get()).deserializer())
                .deserialize(partition.topic(), entry.value()));
      }
    }
  }
}
