package io.quantumtrader.replay.record;

import io.quantumtrader.schemas.avro.Lookup;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * A record that a task of the stages has its turn with.
 *
 * @param to where the task reads it, by the topic's name in the topology
 * @param record as it was recorded
 * @param atMs the clock as the task had it, epoch milliseconds UTC
 * @param isStep whether it is what brought the clock there; it comes before all else of its time
 * @param lookups the rows of tables that the decisions which followed from it looked at
 */
public record Turn(
    TopicPartition to, RecordedRecord record, long atMs, boolean isStep, List<Lookup> lookups) {

  /** By time; those of one task, each list of which ascends, stay in their order. */
  static final Comparator<Turn> BY_TIME =
      Comparator.comparingLong(Turn::atMs).thenComparing(turn -> !turn.isStep());
}
