package io.quantumtrader.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.execution.paper.PaperSettings;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code quantum replay} beside a recording. */
final class RecordedReplayCommandTest {

  private static final String FEE = "0.001";

  @TempDir private static Path directory;
  private static Path recording;

  @BeforeAll
  static void record() throws Exception {
    recording = directory.resolve("monday");
    PaperSettings paper =
        PaperSettings.DEFAULT
            .withStartWallet(BigDecimal.valueOf(5_000))
            .withCosts(BigDecimal.ONE, new BigDecimal(FEE));
    Recordings.write(recording, paper, Long.MIN_VALUE);
  }

  private static CommandRun replay(Object... more) {
    Object[] words = new Object[more.length + 2];
    words[0] = "replay";
    words[1] = recording;
    System.arraycopy(more, 0, words, 2, more.length);
    return CommandRun.of(words);
  }

  /** The trading state that nobody can read is counted, and the replay goes on. */
  @Test
  void shouldDecideAsRecordedAtTheCostsThatAreGiven() throws Exception {
    Path out = directory.resolve("topics");

    CommandRun run =
        replay("--fee-rate", FEE, "--out", out, "--hash-every", "100", "--json", "--tables");

    assertThat(run.code()).as(run.err() + run.out()).isZero();
    List<String> lines = run.out().lines().toList();
    JsonNode json = new ObjectMapper().readTree(lines.getLast());
    assertThat(json.get("differences")).isEmpty();
    assertThat(json.get("decisionsSame").asLong()).isGreaterThan(50);
    assertThat(json.get("unreadable").asLong()).isEqualTo(1);
    assertThat(json.get("equityStart").asText()).isEqualTo("5000");
    assertThat(json.get("tables").size()).isGreaterThan(3);
    assertThat(json.get("stateHashes").has("main")).isTrue();
    assertThat(lines).hasSizeGreaterThan(3);
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(line -> line.matches("[0-9]{13} [0-9a-f]{64}"));
    assertThat(Files.readAllLines(out.resolve("quantum.decision.jsonl")).size())
        .isEqualTo(json.get("decisionsSame").asInt());
  }

  @Test
  void shouldTellWhatDiffersAtOtherCosts() {
    CommandRun run = replay("--slippage-bps", "300");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("the first that differs:", "1 record could not be read");
    assertThat(run.out().lines().filter(line -> !line.startsWith("    re")))
        .allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--policy x.json; leave out --policy",
        "--set maxPositions=2 --agent none; leave out --set, --agent",
        "--accounts main --wallet 100; leave out --accounts, --wallet",
        "--candles x --from 2025-11-19; leave out --candles, --from",
        "--against maxPositions=2; compare with --candles",
        "--sweep maxPositions=1..2/1; compare with --candles",
        "--warmup-check; compare with --candles",
        "--threads 2; --threads is for several runs",
        "--tables; --tables is for --json",
        "--seed 2; need --sweep",
        "--hash-every 0; --hash-every must be 1 or more",
        "--fee-rate 2; --fee-rate is a fraction"
      })
  void shouldRefuseInOneLineWhatWouldChangeNothing(String options, String message) {
    CommandRun run = replay((Object[]) options.split(" ", -1));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldRefuseARecordingThatBeginsInTheMiddle() throws Exception {
    Path middle = directory.resolve("middle");
    Recordings.write(middle, PaperSettings.DEFAULT, 1_763_520_000_000L);

    CommandRun run = CommandRun.of("replay", middle);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("begins at offset", "without --from");
    assertThat(run.err().strip().lines()).hasSize(1);
  }

  @Test
  void shouldRefuseADamagedManifestInOneLine() throws Exception {
    Path damaged = Files.createDirectories(directory.resolve("damaged"));
    Files.writeString(damaged.resolve("manifest.json"), "{\"format\":1}");

    CommandRun run = CommandRun.of("replay", damaged);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("is damaged: it has no partition counts");
    assertThat(run.err().strip().lines()).hasSize(1);
  }
}
