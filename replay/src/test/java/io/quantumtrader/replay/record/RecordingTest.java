package io.quantumtrader.replay.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.Candles;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.run.TwoAccounts;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is recorded, read back, run again, and damaged. */
final class RecordingTest {

  @TempDir private Path directory;

  /** A record as it was appended. */
  private record Appended(TopicPartition partition, LogEntry entry) {}

  @Test
  void shouldHoldWhatWasRunAndDecideTheSameWhereItIsRunAgain() throws Exception {
    StateHash hash = record(List.of("maxPositions=3"));
    Recording recording = open();
    recording.requireBeginning();

    assertHolds(recording);
    DecisionMatch match = new DecisionMatch();
    decisions(recording).forEach(match::recorded);
    StateHash again = replay(recording, match);

    assertThat(match.differences()).isEmpty();
    assertThat(match.same()).isGreaterThan(100);
    assertThat(match.otherLookups()).isZero();
    assertThat(again).isEqualTo(hash);
    assertShowsTheFirstThatDiffers(decisions(recording));
  }

  private static void assertHolds(Recording recording) {
    Manifest manifest = recording.manifest();
    assertThat(manifest.policies()).containsEntry("default", List.of(1L));
    assertThat(manifest.partitions()).containsEntry("quantum.apply.plan", 2);
    assertThat(manifest.files())
        .filteredOn(file -> file.topic().equals("quantum.clock"))
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.records()).isEqualTo(2L * TwoAccounts.MINUTES);
              assertThat(file.lastOffsets())
                  .containsEntry(0, TwoAccounts.MINUTES - 1L)
                  .containsEntry(1, TwoAccounts.MINUTES - 1L);
              assertThat(file.day()).isEqualTo("2025-06-01");
            });
    Policy policy = (Policy) recording.read(Topic.POLICY).getFirst().value().orElseThrow();
    assertThat(policy.getMaxPositions()).isEqualTo(3);
    RecordedRecord broken = recording.read(Topic.CONTROL).getLast();
    assertThat(broken.value()).isEmpty();
    assertThat(broken.bytes().orElseThrow()).containsExactly(1, 2, 3);
    assertThat(broken.headers())
        .extracting(RecordedRecord.RecordedHeader::name)
        .containsExactly("why");
    assertThat(recording.read(Topic.DEAD_LETTER)).hasSize(1);
  }

  private static void assertShowsTheFirstThatDiffers(List<Decision> decisions) {
    DecisionMatch match = new DecisionMatch();
    Decision first = decisions.getFirst();
    match.recorded(Decision.newBuilder(first).setCode("OTHER").build());
    decisions.stream().skip(2).forEach(match::recorded);
    decisions.forEach(match::replayed);

    assertThat(match.differences()).hasSize(2);
    DecisionMatch.Difference shown = match.differences().getFirst();
    assertThat(shown.recorded().orElseThrow().getCode()).isEqualTo("OTHER");
    assertThat(shown.replayed()).contains(first);
    assertThat(match.same()).isEqualTo(decisions.size() - 2);
  }

  @Test
  void shouldRefuseWhatIsNotWhole() throws Exception {
    try (RecordingWriter writer = writer();
        MemoryPipeline pipeline = new MemoryPipeline(TwoAccounts.setup(List.of()), (p, e) -> {})) {
      write(pipeline.serdes(), List.of(appended(Topic.CONTROL), appended(Topic.DECISION)), writer);
    }
    Path file = directory.resolve("recording/quantum.decision/2025-06-01.avro");
    byte[] bytes = Files.readAllBytes(file);
    Path manifest = directory.resolve("recording").resolve(Manifest.NAME);
    String text = Files.readString(manifest);

    Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
    assertRefused("cut off, damaged or was changed");
    Files.delete(file);
    assertRefused("is missing");
    Files.write(file, bytes);
    assertThat(open().read(Topic.DECISION)).hasSize(1);
    Files.writeString(manifest, text.replace("\"format\" : 1", "\"format\" : 2"));
    assertRefused("format 2; this program reads up to 1");
    Files.writeString(manifest, text.substring(0, 100));
    assertRefused("is damaged");
    Files.delete(manifest);
    assertRefused("is no recording");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(this::open)
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"format\":1}; it has no partition counts",
        "[]; it is not the JSON of a manifest",
        "''; it is not the JSON of a manifest",
        "{\"format\":1,\"partitions\":3}; it is not the JSON of a manifest",
        "{\"format\":1,\"partitions\":{}}; no partition count of quantum.market.candle",
        "COUNTS; it names no files",
        "COUNTS,\"files\":[null]; a file of no topic",
        "COUNTS,\"files\":[{\"topic\":\"t\"}]; a file of no topic",
        "COUNTS,\"files\":[{CLOCK}]; has no path within the recording",
        "COUNTS,\"files\":[{CLOCK,\"path\":\"../../etc/x\"}]; has no path within the recording",
        "COUNTS,\"files\":[{CLOCK,\"path\":\"a\"}]; a has no digest or no offsets",
        "COUNTS,\"files\":[{CLOCK,\"path\":\"a\",AT,\"lastOffsets\":{\"2\":1}}]; partitions that there are not",
        "COUNTS,\"files\":[{CLOCK,\"path\":\"a\",AT,\"lastOffsets\":{\"0\":null}}]; partitions that there are not"
      })
  void shouldSayInOneLineWhatAManifestLacks(String text, String why) throws Exception {
    String counts =
        "{\"format\":1,\"partitions\":{\"quantum.market.candle\":2,\"quantum.apply.plan\":2,"
            + "\"quantum.clock\":2}";
    String manifest =
        text.replace("COUNTS", counts)
            .replace("CLOCK", "\"topic\":\"quantum.clock\"")
            .replace("AT,", "\"sha256\":\"x\",\"firstOffsets\":{\"0\":1},");
    Path at = Files.createDirectories(directory.resolve("recording")).resolve(Manifest.NAME);
    Files.writeString(at, manifest.startsWith(counts) ? manifest + "}" : manifest);

    assertRefused(why);
  }

  /** A recording that was made with --from: the state that its first record met is missing. */
  @Test
  void shouldReplayNothingThatBeginsInTheMiddle() throws Exception {
    try (RecordingWriter writer = writer()) {
      writer.write(clock(0, 0));
      writer.write(clock(1, 17));
      Manifest unused = writer.finish();
    }
    Recording middle = open();
    assertThatThrownBy(middle::requireBeginning)
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("partition 1 of quantum.clock begins at offset 17")
        .hasMessageContaining("without --from");
  }

  private static RecordedRecord clock(int partition, long offset) {
    return new RecordedRecord(
        Topic.CLOCK,
        partition,
        offset,
        Candles.BEGIN_MS,
        Optional.of("" + partition),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void shouldRefuseADirectoryWithSomethingInIt() throws Exception {
    Files.createDirectories(directory.resolve("recording"));
    Files.writeString(directory.resolve("recording/mine"), "x");

    assertThatThrownBy(this::writer)
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("is not empty");
  }

  private Recording open() {
    return Recording.open(directory.resolve("recording"));
  }

  private RecordingWriter writer() throws IOException {
    return new RecordingWriter(directory.resolve("recording"), TwoAccounts.COUNTS, "test");
  }

  private static List<Decision> decisions(Recording recording) {
    return recording.read(Topic.DECISION).stream()
        .map(each -> (Decision) each.value().orElseThrow())
        .toList();
  }

  /** Records a run with entries for both accounts, and a trading state that cannot be read. */
  private StateHash record(List<String> thresholds) throws Exception {
    CandleFile candles = Candles.generated(directory, 7, TwoAccounts.MINUTES);
    List<Appended> all = new ArrayList<>();
    try (MemoryPipeline pipeline =
            new MemoryPipeline(
                TwoAccounts.setup(thresholds),
                (partition, entry) -> all.add(new Appended(partition, entry)));
        RecordingWriter writer = writer()) {
      pipeline.settle();
      Appended broken = appended(Topic.CONTROL);
      pipeline.put(
          broken.partition(),
          Candles.BEGIN_MS,
          broken.entry().key(),
          broken.entry().value(),
          broken.entry().headers());
      CandleRun.play(pipeline, candles, TwoAccounts.intents(), new Stop(), progress -> {});
      write(pipeline.serdes(), all, writer);
      return pipeline.stateHash();
    }
  }

  /** A record whose value cannot be read. */
  private static Appended appended(Topic topic) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("why", new byte[] {1});
    return new Appended(
        new TopicPartition(topic.topicName(), 0),
        new LogEntry(
            0, Candles.BEGIN_MS, "main".getBytes(UTF_8), new byte[] {1, 2, 3}, headers.toArray()));
  }

  private static void write(RecordSerdes serdes, List<Appended> all, RecordingWriter writer)
      throws IOException {
    RecordedTopics topics = new RecordedTopics(serdes, Long.MIN_VALUE, Long.MAX_VALUE, count -> {});
    for (Appended each : all) {
      Topic.named(each.partition().topic())
          .ifPresent(topic -> topics.take(topic, each.entry().recordOf(each.partition()), writer));
    }
    Manifest unused = writer.finish();
  }

  private static StateHash replay(Recording recording, DecisionMatch match)
      throws InterruptedException {
    PipelineSetup setup =
        new PipelineSetup(
            recording.counts(),
            PaperSettings.DEFAULT.withAccounts(
                new ArrayList<>(RecordedRun.firstWallets(recording).keySet())),
            Optional.empty(),
            Map.of(),
            List.of(),
            0);
    RecordSerdes[] serdes = new RecordSerdes[1];
    RecordLog.Listener listener =
        (partition, entry) -> {
          if (partition.topic().equals(Topic.DECISION.topicName())) {
            match.replayed(
                serdes[0]
                    .of(Decision.class)
                    .deserializer()
                    .deserialize(partition.topic(), entry.value()));
          }
        };
    try (MemoryPipeline pipeline = new MemoryPipeline(setup, listener)) {
      serdes[0] = pipeline.serdes();
      RecordedRun.play(pipeline, RecordedInput.of(recording), (steps, nowMs, share) -> {});
      return pipeline.stateHash();
    }
  }
}
