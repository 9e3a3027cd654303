package io.quantumtrader.replay.run;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Everything that an executor with its paper exchange was given, and when it had its turns. Given
 * the same once more, turn by turn, another one comes to the same state: what it holds in memory is
 * in no topic as a whole.
 */
public final class ExecutorDiary implements RecordLog.Listener {

  private static final Set<String> READS =
      Stream.of(Topic.APPLY_PLAN, Topic.APPROVAL, Topic.CLOCK, Topic.MARK, Topic.CONTROL)
          .map(Topic::topicName)
          .collect(Collectors.toUnmodifiableSet());

  private final List<Turn> turns = new ArrayList<>();
  private List<Given> given = new ArrayList<>();

  /**
   * A record that lay there to be read.
   *
   * @param to the partition it lay in
   * @param entry the record
   */
  public record Given(TopicPartition to, LogEntry entry) {}

  /**
   * A turn of the executor; its start is the first.
   *
   * @param given what had come since the turn before, in the order in which it came
   */
  public record Turn(List<Given> given) {

    public Turn {
      given = List.copyOf(given);
    }
  }

  @Override
  public void appended(TopicPartition partition, LogEntry entry) {
    if (READS.contains(partition.topic())) {
      given.add(new Given(partition, entry));
    }
  }

  /** Notes that the executor has a turn now. */
  void turn() {
    turns.add(new Turn(given));
    given = new ArrayList<>();
  }

  /** Creates an empty one. */
  public ExecutorDiary() {}

  /**
   * Creates one that goes on.
   *
   * @param turns the turns so far, the start first
   * @param rest what had come since the last of them
   */
  public ExecutorDiary(List<Turn> turns, Turn rest) {
    this.turns.addAll(turns);
    this.given.addAll(rest.given());
  }

  /** Returns the turns, the start first. */
  public List<Turn> turns() {
    return Collections.unmodifiableList(turns);
  }

  /** Returns what has come since the last turn: what the executor does not read yet. */
  public Turn rest() {
    return new Turn(given);
  }

  /** Puts what a turn was given where the executor reads it. */
  static void give(Turn turn, RecordLog log) {
    for (Given each : turn.given()) {
      LogEntry entry = each.entry();
      long offset =
          log.append(
              log.partition(each.to()),
              entry.timestampMs(),
              entry.key(),
              entry.value(),
              entry.headers());
      if (offset != entry.offset()) {
        throw new IllegalStateException(each.to() + " has a record too few or too many");
      }
    }
  }
}
