package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.schemas.deadletter.DeadLetter;
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

/**
 * Dumps of the topics, for holding two against each other. What is left out of the comparison, and
 * why:
 *
 * <ul>
 *   <li>offsets, as transaction markers take some, and where a transaction ends is chance;
 *   <li>the order of records: several symbols have their turn in a step in any order;
 *   <li>of the policy, when it was written: the registration does that, by the wall clock;
 *   <li>of a dead letter, the stack trace: it says which program it was, not what was wrong.
 * </ul>
 */
final class Dumps {

  /** What an account has, written anew with each fill. */
  private static final Set<Topic> SUMS = Set.of(Topic.EXCHANGE_ACCOUNT, Topic.PORTFOLIO_STATE);

  private static final ObjectMapper JSON = new ObjectMapper();

  private Dumps() {}

  /**
   * Returns what a topic holds, by partition, a line for each record, sorted: in what order the
   * tasks of several symbols write what follows from one step is chance, and so is the order in
   * which an account hears of it. What an account has is the same when the step is done: of the
   * sums only the last of each step is compared, without the fill that happened to be the last.
   */
  static Map<Integer, List<String>> partitions(Topic topic, Path dump) throws IOException {
    Map<Integer, List<String>> lines = new TreeMap<>();
    Map<String, ObjectNode> lastOfStep = new TreeMap<>();
    for (String line : Files.readAllLines(dump)) {
      ObjectNode record = (ObjectNode) JSON.readTree(line);
      record.remove("offset");
      if (topic == Topic.DEAD_LETTER) {
        ((ObjectNode) record.get("headers")).remove(DeadLetter.STACKTRACE);
      }
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

  /**
   * Fails where a topic does not hold the same in two dumps.
   *
   * @param one directory of a dump
   * @param other directory of the one that it should be like
   * @return how many records were compared
   */
  static long assertAlike(Path one, Path other) throws IOException {
    long compared = 0;
    for (Topic topic : Topic.values()) {
      String file = topic.topicName() + ".jsonl";
      Map<Integer, List<String>> records = partitions(topic, one.resolve(file));
      assertThat(records).as(topic.topicName()).isEqualTo(partitions(topic, other.resolve(file)));
      compared += records.values().stream().mapToLong(List::size).sum();
    }
    return compared;
  }

  private static void put(ObjectNode record, Map<Integer, List<String>> lines) {
    lines
        .computeIfAbsent(record.get("partition").asInt(), none -> new ArrayList<>())
        .add(record.toString());
  }
}
