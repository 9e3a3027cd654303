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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * One input replayed twice through the whole of {@code up}: every topic holds the same records in
 * every partition, to the byte. What is left out of the comparison, and why:
 *
 * <ul>
 *   <li>offsets, as transaction markers take some, and where a transaction ends is chance;
 *   <li>the order of records: several symbols have their turn in a step in any order;
 *   <li>of the policy, when it was written: the registration does that, by the wall clock.
 * </ul>
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
  private static final int STEPS = 320;

  /** What an account has, written anew with each fill. */
  private static final Set<Topic> SUMS = Set.of(Topic.EXCHANGE_ACCOUNT, Topic.PORTFOLIO_STATE);

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
    for (Topic topic : Topic.values()) {
      String file = topic.topicName() + ".jsonl";
      assertThat(partitions(topic, house.file("second/" + file)))
          .as(topic.topicName())
          .isEqualTo(partitions(topic, house.file("first/" + file)));
    }
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
  private static List<String> intents() throws IOException {
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

  /**
   * Returns what a topic holds, by partition, a line for each record, sorted: in what order the
   * tasks of several symbols write what follows from one step is chance, and so is the order in
   * which an account hears of it. What an account has is the same when the step is done: of the
   * sums only the last of each step is compared, without the fill that happened to be the last.
   */
  private static Map<Integer, List<String>> partitions(Topic topic, Path dump) throws IOException {
    Map<Integer, List<String>> lines = new TreeMap<>();
    Map<String, ObjectNode> lastOfStep = new TreeMap<>();
    for (String line : Files.readAllLines(dump)) {
      ObjectNode record = (ObjectNode) JSON.readTree(line);
      record.remove("offset");
      if (topic == Topic.POLICY) {
        record.remove("timestamp");
        ((ObjectNode) record.get("value")).remove("createdAtMs");
      }
      if (SUMS.contains(topic)) {
        ((ObjectNode) record.get("value")).remove("lastFillId");
        String step = record.get("key").asText() + "@" + record.get("timestamp").asText();
        lastOfStep.put(step, record);
      } else {
        put(record, lines);
      }
    }
    lastOfStep.values().forEach(record -> put(record, lines));
    lines.values().forEach(Collections::sort);
    return lines;
  }

  private static void put(ObjectNode record, Map<Integer, List<String>> lines) {
    lines
        .computeIfAbsent(record.get("partition").asInt(), none -> new ArrayList<>())
        .add(record.toString());
  }
}
