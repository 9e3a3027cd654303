package io.quantumtrader.replay.stages;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;

/**
 * What stages that have come to rest go on from later. Rows are bytes, ascending by key.
 *
 * @param tables rows of the global tables, by name of the table
 * @param tasks what the tasks had
 */
public record SavedStages(Map<String, NavigableMap<byte[], byte[]>> tables, List<SavedTask> tasks) {

  public SavedStages {
    tables = Map.copyOf(tables);
    tasks = List.copyOf(tasks);
  }

  /**
   * A task.
   *
   * @param id its sub-topology and partition
   * @param positions how far it had come, by partition of what it reads
   * @param stores rows of its stores, by name
   */
  public record SavedTask(
      TaskId id,
      Map<TopicPartition, Position> positions,
      Map<String, NavigableMap<byte[], byte[]>> stores) {

    public SavedTask {
      positions = Map.copyOf(positions);
      stores = Map.copyOf(stores);
    }

    TaskPast past() {
      return new TaskPast.Saved(positions, stores);
    }
  }
}
