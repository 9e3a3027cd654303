package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.compose.readme.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of intents as traders send them, through the whole pipeline: orders at the smallest
 * notional, symbols of delivery and of other scripts, leverages of 0, 2.7 and 125, stops of 0.001 %
 * and of 30 %, and times in seconds, microseconds and text. Each ends in one recorded outcome.
 *
 * <p>The hours are chosen so that the first ranking of symbols falls between the first market
 * states and the first intents.
 */
@Tag("real")
final class TradingIntentsTest {

  private static final Path GIVEN = Path.of("src", "test", "resources", "trading-intents");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private House house;

  @AfterEach
  void endWhatIsLeft() throws IOException {
    house.close();
  }

  @Test
  void shouldEndEachIntentInOneRecordedOutcome() throws Exception {
    // given
    house = House.in(directory);
    for (String name : List.of("candles.csv.gz", "intents.jsonl")) {
      Files.copy(GIVEN.resolve(name), house.file(name));
    }
    List<String> intents = Files.readAllLines(GIVEN.resolve("intents.jsonl"));

    // when
    House.Run run =
        house.run(
            UpReplayTest.CANDLES_AND_INTENTS
                + " --without agent,redis --json --dump dump --accounts "
                + String.join(",", accounts(intents)));

    // then
    assertThat(run.code()).as(run.err()).isZero();
    List<String> outcomes = outcomes();
    assertThat(outcomes)
        .containsExactlyElementsOf(Files.readAllLines(GIVEN.resolve("outcomes.txt")));
    assertThat(outcomes).hasSameSizeAs(intents);
    JsonNode input = JSON.readTree(run.out()).get("input");
    assertThat(input.get("intents").asInt()).isEqualTo(39);
    assertThat(input.get("rejected").asInt()).isEqualTo(2);
    assertThat(input.get("intervalMs").asLong()).isEqualTo(60_000);
    assertThat(run.err()).contains("2 lines to dead letters:\n", "    line 8: ", "    line 9: ");
  }

  private static Set<String> accounts(List<String> intents) throws IOException {
    TreeSet<String> accounts = new TreeSet<>();
    for (String intent : intents) {
      accounts.add(JSON.readTree(intent).get("account").asText());
    }
    return accounts;
  }

  /** Returns what became of each intent, in the order of accounts and intents. */
  private List<String> outcomes() throws IOException {
    List<String> outcomes = new ArrayList<>();
    for (String line : Files.readAllLines(house.file("dump/quantum.decision.jsonl"))) {
      JsonNode decision = JSON.readTree(line).get("value");
      if (decision.get("causeType").asText().equals("INTENT")) {
        outcomes.add(outcome(decision));
      }
    }
    for (String line : Files.readAllLines(house.file("dump/quantum.dlq.jsonl"))) {
      JsonNode headers = JSON.readTree(line).get("headers");
      outcomes.add("line " + headers.get("__streams.errors.offset").asText() + " DEAD_LETTER");
    }
    outcomes.sort(null);
    return outcomes;
  }

  private static String outcome(JsonNode decision) {
    StringBuilder outcome =
        new StringBuilder(decision.get("account").asText())
            .append('/')
            .append(decision.get("causeId").asText())
            .append(' ')
            .append(decision.get("verdict").asText())
            .append(' ')
            .append(decision.get("code").asText());
    for (JsonNode number : decision.get("numbers")) {
      if (number.get("name").asText().equals("note")) {
        outcome.append(' ').append(number.get("value").asText());
      }
    }
    return outcome.toString();
  }
}
