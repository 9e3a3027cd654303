package io.quantumtrader.app.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import io.quantumtrader.replay.record.RecordedTopics;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.BrokerCounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
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
      "command begins is taken. Replay it with quantum replay DIR.",
      "With --from-redis the streams of the old system are recorded instead: intents, and a dead",
      "letter with its reason for each entry that cannot be read. A replay takes them beside",
      "candles: quantum replay --candles FILE --intents DIR."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum record --out monday",
      "  ./quantum record --out noon --from 2025-11-19T12:00:00Z --to 2025-11-19T13:00:00Z",
      "  ./quantum record --out tuesday --as avro,jsonl",
      "  ./quantum record --out old --from-redis 127.0.0.1:6379",
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

  @Option(
      names = "--as",
      paramLabel = "avro|jsonl",
      split = ",",
      defaultValue = "avro",
      description =
          "What is written: avro is what quantum replay reads; jsonl is JSON lines for other tools,"
              + " a file for each topic and day, decimals as plain text, with partition, offset,"
              + " timestamp, time, key, headers and value; avro,jsonl is both. Default: avro.")
  private List<RecordingFiles.Form> forms;

  @ArgGroup(exclusive = false, heading = "%nFrom the old system:%n")
  private RedisRecordOptions redis = new RedisRecordOptions();

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
    refuseWhatDoesNotGoTogether();
    try {
      if (redis.wanted()) {
        recordRedis(fromMs, toMs);
      } else {
        recordPipeline(fromMs, toMs);
      }
      return 0;
    } catch (RecordingException e) {
      throw new CommandFailure(USAGE, e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure("cannot write " + directory + ": " + e.getMessage(), e);
    }
  }

  private void refuseWhatDoesNotGoTogether() {
    List<String> others =
        redis.wanted()
            ? List.of("--pipeline", "--bootstrap-servers", "--schema-registry")
            : List.of("--prefix", "--signals");
    for (String option : others) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new CommandFailure(
            USAGE,
            redis.wanted()
                ? option + " is for a pipeline; leave it out with --from-redis"
                : option + " needs --from-redis",
            null);
      }
    }
  }

  private RecordingFiles files(PartitionCounts counts) throws IOException {
    return new RecordingFiles(directory, Set.copyOf(forms), counts, spec.root().version()[0]);
  }

  private void recordPipeline(long fromMs, long toMs) throws IOException {
    RunningPipeline pipeline = place.pipeline();
    Screen screen = Screen.ofProcess();
    screen.line("Recording " + pipeline.describe() + " into " + directory);
    try (Admin admin = Admin.create(pipeline.kafka());
        RecordSerdes serdes = pipeline.serdes();
        RecordingFiles files = files(BrokerCounts.of(admin, PATIENCE).all())) {
      new RecordedTopics(serdes, fromMs, toMs, count -> show(count, screen))
          .read(new TopicReader(pipeline.kafka(), PATIENCE), files);
      files.finish();
      print(files.text(), files.json());
    } catch (KafkaException e) {
      throw new CommandFailure(
          "cannot read the pipeline at " + pipeline.bootstrapServers() + ": " + e.getMessage(), e);
    }
  }

  private void recordRedis(long fromMs, long toMs) throws IOException {
    RedisEndpoint endpoint = redis.endpoint(place.config());
    Screen screen = Screen.ofProcess();
    screen.line("Recording Redis at " + endpoint.address() + " into " + directory);
    RedisRecordPlay play = new RedisRecordPlay(endpoint, redis, screen);
    RecordingFiles[] files = new RecordingFiles[1];
    PartitionCounts counts = PartitionCounts.DEFAULT;
    try {
      play.play(
          streams -> {
            files[0] = files(counts);
            long nowMs = System.currentTimeMillis();
            return new RedisRecording(streams, files[0], counts, fromMs, toMs, nowMs);
          });
      files[0].finish();
    } finally {
      if (files[0] != null) {
        files[0].close();
      }
    }
    ObjectNode json = files[0].json();
    play.addTo(json);
    print(Stream.concat(play.text().stream(), files[0].text().stream()).toList(), json);
  }

  private static void show(long count, Screen screen) {
    if (count % 10_000 == 0) {
      screen.status("%,d records".formatted(count));
    }
  }

  private void print(List<String> lines, ObjectNode node) {
    (json ? Stream.of(node) : lines.stream()).forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
  }
}
