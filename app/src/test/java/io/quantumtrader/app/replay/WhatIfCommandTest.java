package io.quantumtrader.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five and a half hours of three symbols, which is what the README replays. */
final class WhatIfCommandTest {

  private static final Path CANDLES = Path.of("..", "examples", "candles").toAbsolutePath();

  @TempDir private Path directory;

  private static CommandRun replay(Object... more) {
    Object[] words = new Object[more.length + 3];
    words[0] = "replay";
    words[1] = "--candles";
    words[2] = CANDLES;
    System.arraycopy(more, 0, words, 3, more.length);
    return CommandRun.of(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "maxPositions=0; policy maxPositions=0: maxPositions",
        "maxPosition=3; the nearest is maxPositions",
        "nowhere.json; nowhere.json cannot be read",
        "maxPositions=3,maxPositions=4; maxPositions is given twice"
      })
  void shouldRefuseAVariantThatIsNoneInOneLineAndDoNothing(String against, String message) {
    Path report = directory.resolve("report.html");

    CommandRun run =
        replay("--against", "killThreshold=0.85", "--against", against, "--report", report);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
    assertThat(report).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--threads;0;--threads must be 1 or more",
        "--hash-every;5;are for one run",
        "--check;nowhere.json;cannot read nowhere.json",
        "--write-baseline;nowhere/baseline.json;cannot be written"
      })
  void shouldRefuseOptionsThatCannotBeUsed(String option, String value, String message) {
    CommandRun run = replay("--report", directory.resolve("report.html"), option, value);

    assertThat(run.code()).isNotZero();
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldSplitThresholdsWhereTheNextOneBeginsAndKeepLists() {
    assertThat(ReplayPolicyOptions.assignmentsIn("harvestRungs=2,4,6,maxPositions=3"))
        .isEqualTo(List.of("harvestRungs=2,4,6", "maxPositions=3"));
    assertThat(ReplayPolicyOptions.assignmentsIn("maxPositions=3"))
        .isEqualTo(List.of("maxPositions=3"));
  }

  @Test
  void shouldCompareAPolicyFileAndThresholdsOnTopOfTheRunsOwn() throws Exception {
    Path file = Files.writeString(directory.resolve("other.policy"), "killThreshold=0.7\n");
    Path report = directory.resolve("report.html");

    CommandRun run =
        replay(
            "--set",
            "maxPositions=2",
            "--against",
            file,
            "--against",
            "heatMode=shadow",
            "--report",
            report,
            "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode variants = new ObjectMapper().readTree(run.out()).get("variants");
    assertThat(variants).hasSize(3);
    assertThat(variants.get(1).get("thresholds").get("maxPositions").get("after").asText())
        .isEqualTo("10");
    assertThat(variants.get(1).get("thresholds").has("killThreshold")).isTrue();
    assertThat(variants.get(2).get("thresholds").has("maxPositions")).isFalse();
    assertThat(variants.get(2).get("thresholds").get("heatMode").get("after").asText())
        .isEqualTo("shadow");
    assertThat(variants.get(1).get("changed").get("count").asLong()).isPositive();
    assertThat(Files.readString(report)).contains("heatMode: enforce -&gt; shadow");
  }

  @Test
  void shouldEndWithOneWhereARunIsNotWhatItsBaselineSays() throws IOException {
    Path baseline = directory.resolve("baseline.json");

    CommandRun wrote = replay("--write-baseline", baseline);
    CommandRun same = replay("--check", baseline);
    CommandRun other = replay("--check", baseline, "--set", "maxPositions=1");

    assertThat(wrote.code()).as(wrote.err()).isZero();
    assertThat(same.code()).as(same.out()).isZero();
    assertThat(same.out()).startsWith("**Replay: as the baseline says.**");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).contains("| `PERMIT_GRANTED` | `POSITION_LIMIT` |");
    Files.writeString(baseline, Files.readString(baseline).substring(0, 200));
    CommandRun broken = replay("--check", baseline);
    assertThat(broken.code()).isNotZero();
    assertThat(broken.err().strip().lines()).hasSize(1);
    assertThat(broken.err()).contains("breaks off");
  }
}
