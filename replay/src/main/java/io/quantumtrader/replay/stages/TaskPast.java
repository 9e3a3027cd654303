package io.quantumtrader.replay.stages;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.topology.export.TopologyGraph.Part;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** What an earlier life of a task left: how far it had come, and the rows of its stores. */
sealed interface TaskPast {

  /** Returns how far it had come, by partition of what it reads. */
  Map<TopicPartition, Position> positions();

  /** Puts the rows of a store back. */
  void restore(Part part, MemoryStore<?, ?> store, Function<String, LogPartition> changelogs);

  /** Returns how far it had come in a partition: at the beginning where nothing says it. */
  default Position position(TopicPartition of) {
    return positions().getOrDefault(of, Position.BEGIN);
  }

  /**
   * It died, and its changelogs are there.
   *
   * @param rows which rows of the changelogs are there still
   */
  record Died(Map<TopicPartition, Position> positions, RestoredRows rows) implements TaskPast {

    @Override
    public void restore(
        Part part, MemoryStore<?, ?> store, Function<String, LogPartition> changelogs) {
      if (!part.stores().get(store.name()).logged()) {
        return;
      }
      LogPartition changelog = changelogs.apply(store.name());
      if (changelog.begin() > 0) {
        throw new IllegalStateException(changelog.name() + " was not kept");
      }
      for (long offset = 0; offset < changelog.end(); offset++) {
        LogEntry row = changelog.at(offset);
        if (rows.has(store.name(), row.key(), row.value())) {
          store.restore(row.key(), row.value());
        }
      }
    }
  }

  /**
   * It was saved with its rows.
   *
   * @param stores rows by name of the store
   */
  record Saved(
      Map<TopicPartition, Position> positions, Map<String, ? extends Map<byte[], byte[]>> stores)
      implements TaskPast {

    @Override
    public void restore(
        Part part, MemoryStore<?, ?> store, Function<String, LogPartition> changelogs) {
      Map<byte[], byte[]> rows = stores.get(store.name());
      if (rows != null) {
        rows.forEach(store::restore);
      }
    }
  }
}
