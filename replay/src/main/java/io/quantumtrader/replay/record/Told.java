package io.quantumtrader.replay.record;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.topic.TaskInputs;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a task wrote, with the records that it had taken by then.
 *
 * @param output a decision, a row of the ledger, or a state of the portfolio
 * @param inputs what it had taken
 * @param count how many records that is, in offsets: greater for what was written later
 */
record Told(RecordedRecord output, TaskInputs inputs, long count) {

  /** The topics whose records tell it. */
  static final List<Topic> TOPICS =
      List.of(Topic.POSITION_LEDGER, Topic.PORTFOLIO_STATE, Topic.DECISION);

  /** Returns what a record tells; empty where it was written by another stage. */
  static Optional<TaskInputs> inputs(RecordedRecord output) {
    RecordHeaders headers = new RecordHeaders(RecordedBytes.headers(output));
    try {
      return Optional.of(TaskInputs.of(headers)).filter(each -> !each.isEmpty());
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  /**
   * Returns what a task told, in the order in which it wrote it.
   *
   * @param outputs all records of the topics that tell it
   */
  static List<Told> of(List<List<RecordedRecord>> outputs, int partition) {
    List<Told> all = new ArrayList<>();
    for (List<RecordedRecord> topic : outputs) {
      Map<String, Long> last = new HashMap<>();
      for (RecordedRecord output : topic) {
        Optional<TaskInputs> inputs =
            output.partition() == partition ? inputs(output) : Optional.empty();
        if (inputs.isPresent()) {
          // One that was started anew does not name what it had taken before.
          last.putAll(inputs.get().lastFirst());
          long count = last.values().stream().mapToLong(offset -> offset + 1).sum();
          all.add(new Told(output, inputs.get(), count));
        }
      }
    }
    all.sort(Comparator.comparingLong(Told::count));
    return all;
  }

  /** Returns the record that it follows from, as its topic and offset. */
  Map.Entry<String, Long> current() {
    return inputs.lastFirst().firstEntry();
  }

  /** Returns the clock that the task had, epoch milliseconds UTC. */
  long atMs() {
    return output.timestampMs();
  }

  Optional<Decision> decision() {
    return output.value().filter(Decision.class::isInstance).map(Decision.class::cast);
  }
}
