package io.quantumtrader.execution.executor;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which positions of a consumer are yet to be committed. The position counts, not the last record:
 * it also passes the markers of transactions, so that committed equals the end once all is read.
 */
final class ConsumedPositions {

  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, Long> committed = new HashMap<>();

  ConsumedPositions(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  /** Takes a position as committed; nothing below it is committed again. */
  void committed(TopicPartition partition, long offset) {
    committed.put(partition, offset);
  }

  void drop(Collection<TopicPartition> partitions) {
    committed.keySet().removeAll(partitions);
  }

  /** Returns the positions beyond those committed. */
  Map<TopicPartition, OffsetAndMetadata> moved(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long position = consumer.position(partition);
      if (position > committed.getOrDefault(partition, -1L)) {
        moved.put(partition, new OffsetAndMetadata(position));
      }
    }
    return moved;
  }

  /** Returns the positions, committed or not. */
  Map<TopicPartition, OffsetAndMetadata> all(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
    partitions.forEach(
        partition -> all.put(partition, new OffsetAndMetadata(consumer.position(partition))));
    return all;
  }

  /** Returns the positions that were committed last, of those partitions in which any was. */
  Map<TopicPartition, OffsetAndMetadata> asCommitted(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Long offset = committed.get(partition);
      if (offset != null) {
        last.put(partition, new OffsetAndMetadata(offset));
      }
    }
    return last;
  }

  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach((partition, offset) -> committed(partition, offset.offset()));
  }
}
