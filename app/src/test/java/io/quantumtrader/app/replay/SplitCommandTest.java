package io.quantumtrader.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.execution.paper.PaperSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replay that is saved after a step, and goes on from there. */
final class SplitCommandTest {

  private static final Path CANDLES = Path.of("..", "examples", "candles").toAbsolutePath();
  private static final String SAVED = "2025-11-19T05:10:00Z";
  private static final String LATER = "2025-11-19T05:20:00Z";

  @TempDir private static Path directory;
  private static Path recording;
  private static Path state;
  private static Path recordedState;

  @BeforeAll
  static void save() throws Exception {
    recording = directory.resolve("monday");
    Recordings.write(recording, PaperSettings.DEFAULT, Long.MIN_VALUE);
    state = directory.resolve("five");
    assertThat(candles("--until", SAVED, "--save", state).code()).isZero();
    recordedState = directory.resolve("recorded");
    assertThat(recorded("--until", SAVED, "--save", recordedState).code()).isZero();
  }

  private static CommandRun candles(Object... more) {
    return replay(new Object[] {"--candles", CANDLES}, more);
  }

  private static CommandRun recorded(Object... more) {
    return replay(new Object[] {recording}, more);
  }

  private static CommandRun replay(Object[] input, Object... more) {
    List<Object> words = new ArrayList<>(List.of("replay"));
    words.addAll(List.of(input));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  private static JsonNode json(CommandRun run) throws Exception {
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out().lines().toList().getLast());
  }

  @Test
  void shouldEndInTheStateOfOneRun() throws Exception {
    Path out = directory.resolve("rest");

    JsonNode rest = json(candles("--from-state", state, "--json", "--tables", "--out", out));
    JsonNode whole = json(candles("--json", "--tables"));

    for (String field : List.of("stateHash", "stateHashes", "tables", "equityEnd")) {
      assertThat(rest.get(field)).as(field).isNotNull().isEqualTo(whole.get(field));
    }
    assertThat(rest.get("fills").asInt()).isLessThan(whole.get("fills").asInt());
    assertThat(Files.readString(out.resolve("quantum.clock.jsonl")))
        .startsWith("{")
        .doesNotContain("1763529000000");
  }

  @Test
  void shouldGoOnWithAnotherPolicyFromThereOn() throws Exception {
    Path out = directory.resolve("variant");

    JsonNode variant =
        json(candles("--from-state", state, "--set", "maxPositions=1", "--json", "--out", out));

    assertThat(variant.get("stateHash")).isNotEqualTo(json(candles("--json")).get("stateHash"));
    assertThat(Files.readAllLines(out.resolve("quantum.policy.jsonl")))
        .singleElement()
        .asString()
        .contains("\"version\":2", "\"maxPositions\":1", "\"createdAtMs\":1763529000000");
  }

  @Test
  void shouldSaveARunThatWentOn() throws Exception {
    Path second = directory.resolve("second");

    assertThat(candles("--from-state", state, "--until", LATER, "--save", second).code()).isZero();

    assertThat(json(candles("--from-state", second, "--json")).get("stateHash"))
        .isEqualTo(json(candles("--json")).get("stateHash"));
  }

  @Test
  void shouldGoOnWithARecording() throws Exception {
    JsonNode rest = json(recorded("--from-state", recordedState, "--json"));

    assertThat(rest.get("stateHash")).isEqualTo(json(recorded("--json")).get("stateHash"));
    assertThat(rest.has("differences")).isFalse();
    assertThat(rest.get("unreadable").asLong()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--from-state STATE --against maxPositions=2; go on once for each policy, with --set",
        "--from-state STATE --sweep maxPositions=1..2/1; go on once for each policy",
        "--from-state STATE --warmup-check; go on once for each policy",
        "--from-state STATE --wallet 5000; was saved with wallet 10000, not 5000",
        "--from-state STATE --agent none; was saved with agent",
        "--from-state STATE --from 2025-11-19T01:00:00Z; was saved after another input",
        "--from-state STATE --until 2025-11-19T05:10:00Z; --until must be after",
        "--from-state STATE --set nothing=1; the policy has no field 'nothing'",
        "--from-state RECORDED; was saved with agent none",
        "--from-state nowhere; is no saved state",
        "--save other; --save needs --until",
        "--until noon --save other; --until must be a time like",
        "--until 2025-11-19T05:00:00Z --save STATE; is not empty",
        "--until 2025-11-18T05:00:00Z --save OTHER; nothing was played by --until",
        "--until 2025-11-19T05:00:00Z --save OTHER --paper-faults reject=X; cannot be saved",
        "--incident list --from-state STATE; leave out --from-state",
        "--live --from-state STATE; --from-state has no meaning"
      })
  void shouldRefuseInOneLine(String options, String message) {
    Object[] words =
        options
            .replace("STATE", state.toString())
            .replace("RECORDED", recordedState.toString())
            .replace("OTHER", directory.resolve("other").toString())
            .split(" ", -1);

    boolean other = options.contains("--incident") || options.contains("--live");
    CommandRun run = other ? replay(new Object[0], words) : candles(words);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().strip().lines().filter(line -> line.startsWith("quantum"))).hasSize(1);
    assertThat(run.out()).isEmpty();
  }
}
