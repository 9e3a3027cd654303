package io.quantumtrader.replay.record;

import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The order in which one task of the account stages had its records. What it wrote tells which
 * records it had taken by then ({@link Told}); those that it took between two of them are in the
 * order of their times, and what follows the last one is too.
 */
final class AccountTurns {

  /** What the task reads, in the order in which records of one time have their turn. */
  static final List<Topic> TOPICS =
      List.of(
          Topic.CLOCK,
          Topic.EXCHANGE_ACCOUNT,
          Topic.APPLY_RESULT,
          Topic.POSITION_SNAPSHOT,
          Topic.HARVEST_PROPOSAL,
          Topic.TRADE_INTENT);

  private final RefusedSteps refused;
  private final Map<Topic, List<RecordedRecord>> inputs = new EnumMap<>(Topic.class);
  private final Map<Topic, Integer> taken = new EnumMap<>(Topic.class);
  private final Set<Topic> named = EnumSet.noneOf(Topic.class);
  private final List<Turn> turns = new ArrayList<>();
  private long nowMs;

  private AccountTurns(RefusedSteps refused) {
    this.refused = refused;
  }

  /**
   * Returns the turns of a task.
   *
   * @param inputs all recorded records of what account tasks read, by topic
   * @param told what the task told of the records that it had taken
   * @param refused steps of the clock that were not believed
   * @param partition the task's
   */
  static List<Turn> of(
      Map<Topic, List<RecordedRecord>> inputs,
      List<Told> told,
      RefusedSteps refused,
      int partition) {
    AccountTurns turns = new AccountTurns(refused);
    for (Topic topic : TOPICS) {
      turns.inputs.put(
          topic, inputs.get(topic).stream().filter(each -> each.partition() == partition).toList());
      turns.taken.put(topic, 0);
    }
    turns.follow(told);
    turns.rest();
    return turns.turns;
  }

  private void follow(List<Told> told) {
    int next = 0;
    while (next < told.size()) {
      Told first = told.get(next);
      List<Lookup> lookups = new ArrayList<>();
      while (next < told.size() && told.get(next).current().equals(first.current())) {
        told.get(next++).decision().ifPresent(each -> lookups.addAll(each.getLookups()));
      }
      take(first, lookups);
    }
  }

  private void take(Told told, List<Lookup> lookups) {
    Map.Entry<String, Long> current = told.current();
    List<List<RecordedRecord>> between = new ArrayList<>();
    RecordedRecord last = null;
    for (Topic topic : TOPICS) {
      List<RecordedRecord> of = new ArrayList<>(taken(topic, told));
      if (topic.topicName().equals(current.getKey())
          && !of.isEmpty()
          && of.getLast().offset() == current.getValue()) {
        last = of.removeLast();
      }
      between.add(of);
    }
    Merged.of(between).forEach(record -> turn(record, List.of()));
    if (last != null) {
      turn(last, lookups);
    }
  }

  /**
   * Takes what the task had taken of a topic by then. One that was started anew does not name what
   * it had taken before: of that only the times are known.
   */
  private List<RecordedRecord> taken(Topic topic, Told told) {
    List<RecordedRecord> of = inputs.get(topic);
    OptionalLong upTo = told.inputs().last(topic.topicName());
    upTo.ifPresent(any -> named.add(topic));
    boolean forgotten = upTo.isEmpty() && named.contains(topic);
    int from = taken.get(topic);
    int to = from;
    while (to < of.size()
        && (of.get(to).offset() <= upTo.orElse(-1)
            || (forgotten && of.get(to).timestampMs() <= told.atMs()))) {
      to++;
    }
    taken.put(topic, to);
    return of.subList(from, to);
  }

  private void rest() {
    List<List<RecordedRecord>> left = new ArrayList<>();
    for (Topic topic : TOPICS) {
      List<RecordedRecord> of = inputs.get(topic);
      left.add(of.subList(taken.get(topic), of.size()));
    }
    Merged.of(left).forEach(record -> turn(record, List.of()));
  }

  private void turn(RecordedRecord record, List<Lookup> lookups) {
    boolean step =
        record.topic() == Topic.CLOCK && !refused.contains(record) && record.timestampMs() > nowMs;
    if (step) {
      nowMs = record.timestampMs();
    }
    TopicPartition to = new TopicPartition(record.topic().topicName(), record.partition());
    turns.add(new Turn(to, record, nowMs, step, lookups));
  }
}
