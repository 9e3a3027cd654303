package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.compose.readme.House;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.GeneratedSymbol;
import io.quantumtrader.schemas.topic.Topic;
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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * One input replayed twice through the whole of {@code up}: every topic holds the same records in
 * every partition, to the byte, but for what {@link Dumps} leaves out.
 */
@Tag("real")
@EnabledIfSystemProperty(
    named = "quantum.long",
    matches = "true",
    disabledReason = "takes minutes; run it with -Dquantum.long=true")
final class TwoDumpsTest {

  /**
   * Minutes: the first list of what may be opened is ranked after 300 of them, at the full hour.
   */
  static final int STEPS = 320;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private House house;

  @AfterEach
  void endWhatIsLeft() throws IOException {
    house.close();
  }

  @Test
  void shouldLeaveTheSameBytesInEveryTopicEachTime() throws Exception {
    // given
    house = House.in(directory);
    UpReplayTest.writeCandles(house.file("candles.csv.gz"), STEPS);
    Files.write(house.file("intents.jsonl"), intents());

    // when
    for (String dump : new String[] {"first", "second"}) {
      House.Run run = house.run(UpReplayTest.CANDLES_AND_INTENTS + " --json --dump " + dump);
      assertThat(run.code()).as(run.err()).isZero();
    }

    // then
    long unused = Dumps.assertAlike(house.file("second"), house.file("first"));
    for (Topic topic : new Topic[] {Topic.APPLY_PLAN, Topic.APPLY_RESULT, Topic.DEAD_LETTER}) {
      assertThat(house.file("first/" + topic.topicName() + ".jsonl"))
          .as("there is something to compare; decided was " + codes())
          .isNotEmptyFile();
    }
  }

  private Set<String> codes() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (String line : Files.readAllLines(house.file("first/quantum.decision.jsonl"))) {
      codes.add(JSON.readTree(line).at("/value/code").asText());
    }
    return codes;
  }

  /** Entries in every symbol once there is a universe, and a line that is none. */
  static List<String> intents() throws IOException {
    long atMs = UpReplayTest.BEGIN_MS + (STEPS - 10) * 60_000L;
    ObjectNode intent = (ObjectNode) JSON.readTree(UpReplayTest.intentOfTheReadme());
    List<String> lines = new ArrayList<>(List.of("nonsense"));
    for (GeneratedSymbol each : GeneratedMarketSettings.withSeed(7).symbols()) {
      String symbol = each.symbol();
      lines.add(
          intent
              .put("intentId", "entry-" + symbol)
              .put("symbol", symbol)
              .put("createdAtMs", atMs)
              .toString());
    }
    return lines;
  }
}
