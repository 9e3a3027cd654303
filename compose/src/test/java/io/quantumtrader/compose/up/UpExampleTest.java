package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.compose.readme.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first replay, of the candles and intents that come with the project. */
@Tag("real")
public final class UpExampleTest {

  /** The command, as it stands in the README. */
  public static final String COMMAND =
      "./quantum up --candles examples/candles --intents examples/intents.jsonl --speed max"
          + " --until-drained --without agent";

  private static final Path README = Path.of("..", "README.md");
  private static final Path INTENTS = Path.of("..", "examples", "intents.jsonl");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private House house;

  @AfterEach
  void endWhatIsLeft() throws IOException {
    house.close();
  }

  @Test
  void shouldPrintWhatTheReadmeSaysAndGrantOneIntentAndDenyOne() throws Exception {
    // given
    house = House.in(directory);
    String page = Files.readString(README);
    assertThat(page).contains("```\n" + COMMAND + "\n```\n");
    assertThat(page).contains("```\n" + Files.readString(INTENTS) + "```\n");

    // when
    House.Run run = house.run(COMMAND + " --dump dump");

    // then
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith(blockAfter(page, COMMAND));
    assertThat(run.err())
        .contains(
            "  990 candles of 3 symbols from examples/candles",
            "  every 1 min, 2025-11-19T00:00:00Z to 2025-11-19T05:29:00Z, 330 steps",
            "  2 intents from examples/intents.jsonl");
    assertThat(verdicts(house.file("dump/quantum.decision.jsonl")))
        .containsExactly(
            Map.entry("mine-1", "GRANTED PERMIT_GRANTED"),
            Map.entry("mine-2", "DENIED MIN_NOTIONAL"));
  }

  /** Returns the text of the block that comes after the one with a command. */
  private static String blockAfter(String page, String command) {
    String rest = page.substring(page.indexOf(command) + command.length() + "\n```".length());
    String block = rest.substring(rest.indexOf("```\n") + 4);
    return block.substring(0, block.indexOf("```"));
  }

  /** Returns verdict and code of the decisions about intents, by the intent. */
  static Map<String, String> verdicts(Path decisions) throws IOException {
    Map<String, String> verdicts = new TreeMap<>();
    List<String> lines = Files.readAllLines(decisions);
    for (String line : lines) {
      JsonNode decision = JSON.readTree(line).get("value");
      if (decision.get("causeType").asText().equals("INTENT")) {
        String said = decision.get("verdict").asText() + " " + decision.get("code").asText();
        verdicts.merge(decision.get("causeId").asText(), said, (one, two) -> one + ", " + two);
      }
    }
    return verdicts;
  }
}
