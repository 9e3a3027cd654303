package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle of a pipeline that runs, and what can be asked of it afterwards. */
@Tag("real")
final class BundleOnBrokerTest {

  private static final String ACCOUNT = "bundle-1";
  private static final String OTHER = "bundle-2";
  private static final String BTC = "BTCUSDT";
  private static final String PLANTED = "pl4nted-9c1e";

  @TempDir Path directory;

  private RealPipeline pipeline;

  @BeforeEach
  void open() throws Exception {
    pipeline = RealPipeline.fresh().startStages();
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void shouldHoldWhatWhyIsAskedOfAndNoSecret() throws Exception {
    // given an account that holds something and wants it again, and another one
    World world = World.open(pipeline, List.of(ACCOUNT, OTHER), List.of(BTC));
    world.begin();
    world.enter(ACCOUNT, BTC);
    world.intend("again", ACCOUNT, BTC, IntentAction.OPEN_LONG, world.nowMs());
    world.intend("other", OTHER, BTC, IntentAction.OPEN_LONG, world.nowMs());
    pipeline.settle();
    Path log = Files.writeString(directory.resolve("stages.log"), "password=" + PLANTED + "\n");
    Path out = directory.resolve("incident.zip");

    // when
    CommandRun made =
        pipeline.run(
            List.of(
                "bundle",
                "--out",
                out.toString(),
                "--log",
                log.toString(),
                "--metrics",
                "http://127.0.0.1:1/metrics"));

    // then
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.err()).contains("http://127.0.0.1:1/metrics does not answer", "Wrote ");
    Path unpacked = unpack(out);
    assertThat(names(unpacked))
        .contains(
            "about.json",
            "health.json",
            "accounts.json",
            "positions.json",
            "policy.json",
            "policy-scheduled.json",
            "status.txt",
            "logs/1-stages.log",
            "metrics/1-1.txt")
        .anyMatch(name -> name.startsWith("recording/"));
    assertThat(Files.readString(unpacked.resolve("logs/1-stages.log"))).isEqualTo("password=***\n");
    assertThat(Files.readString(unpacked.resolve("accounts.json"))).contains(ACCOUNT, OTHER);

    // when it is asked without the pipeline
    CommandRun why =
        CommandRun.of("why", "again", "--recording", unpacked.resolve("recording").toString());

    // then
    assertThat(why.code()).as(why.err()).isZero();
    assertThat(why.out()).contains("bridge DENIED ALREADY_OPEN");

    // when it is written once more
    CommandRun again = pipeline.run(List.of("bundle", "--out", out.toString()));

    // then
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is there already; name another file");
  }

  @Test
  void shouldLetTheStagesDecideTheLastMinutesAgain() throws Exception {
    // given: an account that opened something long before, and is denied it again now
    World world = World.open(pipeline, List.of(ACCOUNT, OTHER), List.of(BTC));
    world.begin();
    world.enter(ACCOUNT, BTC);
    pipeline.settle();
    world.pass(600_000);
    world.state(BTC, "100", world.nowMs());
    pipeline.settle();
    world.intend("again", ACCOUNT, BTC, IntentAction.OPEN_LONG, world.nowMs());
    world.intend("other", OTHER, BTC, IntentAction.CLOSE, world.nowMs());
    pipeline.settle();
    Path out = directory.resolve("minutes.zip");

    // when
    CommandRun made = pipeline.run(List.of("bundle", "--out", out.toString(), "--since", "2m"));
    assertThat(made.code()).as(made.err()).isZero();
    String recording = unpack(out).resolve("recording").toString();
    CommandRun again = CommandRun.of("replay", recording, "--json");

    // then: what was opened before is known, and only what came after is decided again
    assertThat(again.code()).as(again.out() + again.err()).isZero();
    JsonNode told = new ObjectMapper().readTree(again.out());
    assertThat(told.path("decisionsSame").asInt()).isBetween(2, 10);
    assertThat(told.path("differences")).isEmpty();
    assertThat(Recording.open(Path.of(recording)).read(Topic.TRADE_INTENT)).hasSize(2);
    assertThat(CommandRun.of("why", "again", "--recording", recording).out())
        .contains("bridge DENIED ALREADY_OPEN");

    // when: options of a whole run
    CommandRun refused = CommandRun.of("replay", recording, "--hash-every", "10");

    // then
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("with what the stages had by then and no exchange");
  }

  private Path unpack(Path zip) throws IOException {
    Path to = Files.createDirectory(directory.resolve("unpacked"));
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] bytes = in.readAllBytes();
        assertThat(new String(bytes, UTF_8)).as(entry.getName()).doesNotContain(PLANTED);
        Path file = to.resolve(entry.getName()).normalize();
        assertThat(file.startsWith(to)).isTrue();
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
      }
    }
    return to;
  }

  private static List<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (var files = Files.walk(directory)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(directory.relativize(file).toString()));
    }
    return names;
  }
}
