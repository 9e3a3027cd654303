package io.quantumtrader.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.log.TopicValues;
import io.quantumtrader.replay.reconcile.ReconcileReport;
import io.quantumtrader.replay.reconcile.Reconciliation;
import io.quantumtrader.replay.reconcile.TradedRecords;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.replay.report.ReconcileJson;
import io.quantumtrader.replay.report.ReconcileText;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Puts what a pipeline traded, running or recorded, beside the paper exchange. */
final class ReconcilePlay {

  private static final int USAGE = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** A price before the first order; candles are closed more often than that. */
  private static final long MARKS_BEFORE_MS = Duration.ofHours(2).toMillis();

  /** Steps of the clock that are looked at for the last, in each partition. */
  private static final int LAST_STEPS = 10;

  private static final Set<String> COSTS =
      Set.of("--slippage-bps", "--fee-rate", "--funding-rate", "--latency", "--json");
  private static final Set<String> OWN =
      Set.of(ReconcileOptions.LIVE, ReconcileOptions.RECORDED, ReconcileOptions.HOURS);

  /** The options that say where a running pipeline is. */
  static final Set<String> PLACE =
      Set.of("--pipeline", "--config", "--bootstrap-servers", "--schema-registry");

  private final ReconcileOptions options;
  private final PaperSettings model;
  private final Screen screen = Screen.ofProcess();
  private final PrintWriter out;
  private final long begunNanos = System.nanoTime();
  private long taken;

  /**
   * Returns the play of a command line.
   *
   * @param model costs of the paper exchange
   * @throws CommandFailure where there is something on it that has no meaning for it
   */
  static ReconcilePlay of(
      CommandSpec spec, ReconcileOptions options, boolean recording, PaperSettings model) {
    refuse(
        options.live() && recording,
        "--live reads the running pipeline; leave the recording out, or give --reconcile for it");
    refuse(
        !options.live() && !recording,
        "--reconcile and --hours need a recording, or give --live for the running pipeline");
    Set<String> together = new HashSet<>(COSTS);
    together.addAll(OWN);
    together.addAll(options.live() ? PLACE : Set.of());
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      refuse(
          !together.contains(given.longestName()),
          "%s has no meaning for what was traded already; leave it out"
              .formatted(given.longestName()));
    }
    return new ReconcilePlay(options, model, spec.commandLine().getOut());
  }

  private ReconcilePlay(ReconcileOptions options, PaperSettings model, PrintWriter out) {
    this.options = options;
    this.model = model;
    this.out = out;
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new CommandFailure(USAGE, why, null);
    }
  }

  /** The records, and the time that is looked at. */
  private record Read(TradedRecords records, long fromMs, long toMs) {}

  /**
   * Compares a running pipeline.
   *
   * @param place where it is
   * @param json whether it is printed as JSON
   * @return the exit code
   * @throws CommandFailure where it cannot be read, or traded nothing in that time
   */
  int live(PipelineOptions place, boolean json) {
    long backMs = options.backMs().orElseThrow();
    RunningPipeline pipeline = place.pipeline();
    screen.line("Reading " + pipeline.describe());
    try (RecordSerdes serdes = pipeline.serdes()) {
      print(
          read(new TopicReader(pipeline.kafka(), PATIENCE), new TopicValues(serdes), backMs), json);
      return 0;
    } catch (KafkaException e) {
      throw new CommandFailure(
          "cannot read the pipeline at " + pipeline.bootstrapServers() + ": " + e.getMessage(), e);
    }
  }

  private Read read(TopicReader reader, TopicValues values, long backMs) {
    long[] lastMs = new long[1];
    reader.readLast(
        Topic.CLOCK,
        LAST_STEPS,
        record ->
            values
                .read(Topic.CLOCK, record.value())
                .ifPresent(step -> lastMs[0] = Math.max(lastMs[0], ((Clock) step).getNowMs())));
    if (lastMs[0] == 0) {
      throw new CommandFailure("the pipeline has no clock yet, so that nothing was traded");
    }
    long fromMs = Math.max(0, lastMs[0] - backMs);
    TradedRecords records = new TradedRecords();
    reader.readAll(
        TradedRecords.TOPICS.stream().map(Topic::topicName).toList(),
        record -> take(Topic.named(record.topic()).orElseThrow(), record, values, records));
    Set<String> symbols = records.symbols();
    reader.readSince(
        Topic.MARK,
        Math.max(0, fromMs - MARKS_BEFORE_MS),
        record -> {
          if (record.key() != null && symbols.contains(new String(record.key(), UTF_8))) {
            take(Topic.MARK, record, values, records);
          }
        });
    return new Read(records, fromMs, lastMs[0]);
  }

  private void take(
      Topic topic,
      ConsumerRecord<byte[], byte[]> record,
      TopicValues values,
      TradedRecords records) {
    values.read(topic, record.value()).ifPresent(records);
    tell();
  }

  /**
   * Compares a recording.
   *
   * @param json whether it is printed as JSON
   * @return the exit code
   * @throws CommandFailure where it cannot be read, or has nothing traded in that time
   */
  int recorded(Path directory, boolean json) {
    try {
      print(read(Recording.open(directory)), json);
      return 0;
    } catch (RecordingException e) {
      throw new CommandFailure(USAGE, e.getMessage(), e);
    }
  }

  private Read read(Recording recording) {
    long[] lastMs = new long[1];
    recording.forEach(Topic.CLOCK, record -> lastMs[0] = Math.max(lastMs[0], record.timestampMs()));
    TradedRecords records = new TradedRecords();
    TradedRecords.TOPICS.forEach(
        topic -> recording.read(topic).forEach(record -> take(record, records)));
    Set<String> symbols = records.symbols();
    long fromMs =
        options.backMs().isPresent() ? Math.max(0, lastMs[0] - options.backMs().getAsLong()) : 0;
    recording.read(Topic.MARK).stream()
        .filter(record -> record.timestampMs() >= fromMs - MARKS_BEFORE_MS)
        .filter(record -> symbols.contains(record.key().orElse("")))
        .forEach(record -> take(record, records));
    return new Read(records, fromMs, lastMs[0]);
  }

  private void take(RecordedRecord record, TradedRecords records) {
    record.value().ifPresent(records);
    tell();
  }

  private void tell() {
    if (++taken % 10_000 == 0 && elapsed().compareTo(QUIET) > 0) {
      screen.status("%,d records".formatted(taken));
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  private void print(Read read, boolean json) {
    ReconcileReport report = Reconciliation.of(read.records(), model, read.fromMs(), read.toMs());
    if (elapsed().compareTo(QUIET) > 0) {
      screen.done("compared %,d records".formatted(taken), elapsed());
    }
    if (report.isEmpty()) {
      throw new CommandFailure(
          "nothing was planned or filled from %s to %s: look further back with --hours"
              .formatted(Instant.ofEpochMilli(read.fromMs()), Instant.ofEpochMilli(read.toMs())));
    }
    (json ? Stream.of(ReconcileJson.of(report)) : ReconcileText.lines(report).stream())
        .forEach(out::println);
    out.flush();
  }
}
