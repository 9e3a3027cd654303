package io.quantumtrader.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepCommandTest {

  private static final Path CANDLES = Path.of("..", "examples", "candles").toAbsolutePath();

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
        .contains("among 2 variants", "maxPositions=1", "maxPositions=2", "Luck alone");
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
    assertThat(run.out()).contains("future cut at ", ": 0 of ");
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
