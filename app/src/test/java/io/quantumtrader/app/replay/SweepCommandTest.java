package io.quantumtrader.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepCommandTest {

  private static final Path CANDLES = Path.of("..", "examples", "candles").toAbsolutePath();

  @TempDir private Path directory;

  private static CommandRun replay(String options) {
    String[] given = options.split(" ", -1);
    Object[] words = new Object[given.length + 3];
    words[0] = "replay";
    words[1] = "--candles";
    words[2] = CANDLES;
    System.arraycopy(given, 0, words, 3, given.length);
    return CommandRun.of(words);
  }

  @Test
  void shouldSayTheRuleBeforeAndLuckAfter() {
    CommandRun run = replay("--sweep maxPositions=1..2/1 --select profit");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("Selection rule, fixed before the sweep: the highest change of equity")
        .contains("2 variants are run", "maxPositions=1", "maxPositions=2", "by luck");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void shouldPrintASweepAsJson() throws Exception {
    CommandRun run = replay("--sweep maxPositions=1..9/1 --random 2 --seed 3 --json");

    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("variantsTried").asInt()).isEqualTo(2);
    assertThat(json.get("select").asText()).isEqualTo("expectancy");
    assertThat(json.get("trials")).hasSize(2);
    assertThat(json.get("deflatedSharpe").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void shouldFindThatNothingLooksAhead() {
    CommandRun run = replay("--lookahead-check 1");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("run until ", ": 0 of ");
  }

  /** 330 minutes: three windows of 110, of which the last two have a lead. */
  @Test
  void shouldSearchEachWindowAndTryItsBestOnTheNext() throws Exception {
    CommandRun run = replay("--sweep maxPositions=1..3/2 --walk-forward 2 --select profit --json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("windows")).hasSize(2);
    JsonNode first = json.get("windows").get(0);
    JsonNode second = json.get("windows").get(1);
    for (JsonNode window : List.of(first, second)) {
      JsonNode best = window.get("search").get("trials").get(0);
      assertThat(window.get("tried").get("name")).isEqualTo(best.get("name"));
      assertThat(best.get("equityChange").asDouble())
          .isGreaterThanOrEqualTo(
              window.get("search").get("trials").get(1).get("equityChange").asDouble());
    }
    assertThat(second.get("searchedFromMs").asLong()).isEqualTo(first.get("triedFromMs").asLong());
    // What was tried in one round is searched in the next: the same run, to the same state.
    assertThat(second.get("search").get("trials"))
        .filteredOn(trial -> trial.get("name").equals(first.get("tried").get("name")))
        .extracting(trial -> trial.get("stateHash"))
        .containsExactly(first.get("tried").get("stateHash"));
    assertThat(json.get("profitWhereTried").asDouble())
        .isCloseTo(
            first.get("tried").get("equityChange").asDouble()
                + second.get("tried").get("equityChange").asDouble(),
            within(1e-9));
  }

  @Test
  void shouldSayWhereItWasSearchedAndWhereTried() {
    CommandRun run = replay("--sweep maxPositions=2..3/1 --walk-forward 1");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("searched", "next, to 20", "profit of the chosen: ");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void shouldFindThatStatesDoNotDependOnTheBeginning() throws Exception {
    Path candles = minutes(600);

    CommandRun run = CommandRun.of("replay", "--candles", candles, "--warmup-check");

    assertThat(run.code()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("they agree", "sigma");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void shouldSayThatAHistoryIsTooShortToBeChecked() {
    CommandRun run = replay("--warmup-check");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("too short for --warmup-check");
    assertThat(run.out()).isEmpty();
  }

  /** Writes minutes of one symbol that goes up and down. */
  private Path minutes(int count) throws IOException {
    StringBuilder text = new StringBuilder("open_time_ms,symbol,open,high,low,close,volume\n");
    double before = 100;
    for (int i = 0; i < count; i++) {
      double close = 100 + 3 * Math.sin(i / 9.0) + Math.cos(i * 1.7);
      text.append(
          String.format(
              Locale.ROOT,
              "%d,BTCUSDT,%.4f,%.4f,%.4f,%.4f,10%n",
              1_748_736_000_000L + i * 60_000L,
              before,
              Math.max(before, close),
              Math.min(before, close),
              close));
      before = close;
    }
    return Files.writeString(directory.resolve("BTCUSDT-1m.csv"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--sweep maxPositions=2..1/1;does not go up",
        "--sweep maxPositions=0..1/1;maxPositions",
        "--sweep nothing=0..1/1;has no field 'nothing'",
        "--random 3;need --sweep",
        "--sweep maxPositions=1..2/1 --random 0;--random must be",
        "--sweep maxPositions=1..2/1 --walk-forward 0;--walk-forward must be",
        "--sweep maxPositions=1..2/1 --against maxPositions=3;one at a time",
        "--sweep maxPositions=1..2/1 --hash-every 3;are for one run",
        "--seed 3;need --sweep",
        "--threads 3;is for several runs",
        "--warmup-check --json;--json is not for",
        "--lookahead-check 0;--lookahead-check must be"
      })
  void shouldRefuseWhatCannotBeSearchedInOneLine(String options, String message) {
    CommandRun run = replay(options);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }
}
