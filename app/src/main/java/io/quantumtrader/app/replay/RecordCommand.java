package io.quantumtrader.app.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.replay.record.Manifest;
import io.quantumtrader.replay.record.RecordedTopics;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.BrokerCounts;
import io.quantumtrader.schemas.topic.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes the topics of a pipeline into files. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Take the topics of a pipeline into files: an Avro container file for each topic and day,",
      "compressed and with the schema inside, and a manifest with partition counts, offsets, policy",
      "versions and the hash of each file. The pipeline may go on; what is committed when the",
      "command begins is taken. Replay it with quantum replay DIR."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum record --out monday",
      "  ./quantum record --out noon --from 2025-11-19T12:00:00Z --to 2025-11-19T13:00:00Z",
    })
public final class RecordCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int USAGE = 2;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Directory for the recording: empty, or one that does not exist.")
  private Path directory;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Earliest time of a record: 2025-11-19T12:00:00Z, a date, or epoch milliseconds."
              + " Compacted topics are taken from their beginning. What was left out led to a state"
              + " that a replay would not have, so quantum replay refuses such a recording."
              + " Default: all there is.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Latest time of a record. Default: all there is.")
  private String to;

  @Option(names = "--json", description = "Print the manifest as one JSON object.")
  private boolean json;

  @Mixin private PipelineOptions place = new PipelineOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    long fromMs = from == null ? Long.MIN_VALUE : TimeOption.parse("--from", from);
    long toMs = to == null ? Long.MAX_VALUE : TimeOption.parse("--to", to);
    if (fromMs > toMs) {
      throw new CommandFailure(USAGE, "--from is after --to: " + from + ", " + to, null);
    }
    RunningPipeline pipeline = place.pipeline();
    Screen screen = Screen.ofProcess();
    screen.line("Recording " + pipeline.describe() + " into " + directory);
    try (Admin admin = Admin.create(pipeline.kafka());
        RecordSerdes serdes = pipeline.serdes();
        RecordingWriter writer =
            new RecordingWriter(
                directory, BrokerCounts.of(admin, PATIENCE).all(), spec.root().version()[0])) {
      new RecordedTopics(serdes, fromMs, toMs, count -> show(count, screen))
          .read(new TopicReader(pipeline.kafka(), PATIENCE), writer);
      print(writer.finish());
      return 0;
    } catch (RecordingException e) {
      throw new CommandFailure(USAGE, e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure("cannot write " + directory + ": " + e.getMessage(), e);
    } catch (KafkaException e) {
      throw new CommandFailure(
          "cannot read the pipeline at " + pipeline.bootstrapServers() + ": " + e.getMessage(), e);
    }
  }

  private static void show(long count, Screen screen) {
    if (count % 10_000 == 0) {
      screen.status("%,d records".formatted(count));
    }
  }

  private void print(Manifest manifest) throws IOException {
    if (json) {
      spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(manifest));
    } else {
      long records = manifest.files().stream().mapToLong(Manifest.Entry::records).sum();
      manifest
          .files()
          .forEach(
              file ->
                  spec.commandLine()
                      .getOut()
                      .println("%-44s %,12d".formatted(file.path(), file.records())));
      spec.commandLine().getOut().println("%-44s %,12d".formatted("records", records));
    }
    spec.commandLine().getOut().flush();
  }
}
