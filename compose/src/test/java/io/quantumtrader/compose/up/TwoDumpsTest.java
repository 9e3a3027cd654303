package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.compose.readme.House;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * One input replayed twice through the whole of {@code up}: every topic holds the same bytes in
 * every partition, in the same order. What is left out of the comparison, and why:
 *
 * <ul>
 *   <li>offsets, as transaction markers take some, and where a transaction ends is chance;
 *   <li>the order of partitions among each other, which Kafka does not promise;
 *   <li>of the policy, when it was written: the registration does that, by the wall clock.
 * </ul>
 */
@Tag("real")
@EnabledIfSystemProperty(
    named = "quantum.long",
    matches = "true",
    disabledReason = "takes minutes; run it with -Dquantum.long=true")
final class TwoDumpsTest {

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
    UpReplayTest.writeCandles(house.file("candles.csv.gz"));
    Files.writeString(
        house.file("intents.jsonl"), UpReplayTest.intentOfTheReadme() + "\nnonsense\n");

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
          .as("there is something to compare")
          .isNotEmptyFile();
    }
  }

  /**
   * Returns what a topic holds, by partition, a line for each record. In what order the tasks of
   * several symbols write into one partition is chance, so only what one task writes keeps its
   * order: plans and results.
   */
  private static Map<Integer, List<String>> partitions(Topic topic, Path dump) throws IOException {
    Map<Integer, List<String>> lines = new TreeMap<>();
    for (String line : Files.readAllLines(dump)) {
      ObjectNode record = (ObjectNode) JSON.readTree(line);
      record.remove("offset");
      if (topic == Topic.POLICY) {
        record.remove("timestamp");
        ((ObjectNode) record.get("value")).remove("createdAtMs");
      }
      lines
          .computeIfAbsent(record.get("partition").asInt(), none -> new ArrayList<>())
          .add(record.toString());
    }
    if (topic != Topic.APPLY_PLAN && topic != Topic.APPLY_RESULT) {
      lines.values().forEach(Collections::sort);
    }
    return lines;
  }
}
