package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The commands of one transaction: those of records, then those that move the fences of their
 * partitions on.
 */
final class FencedBatch {

  private final List<RedisWrite> writes = new ArrayList<>();
  private final List<SinkRecord> origins = new ArrayList<>();
  private final Map<TopicPartition, Long> nextOffsets = new LinkedHashMap<>();

  /** Adds a record with its commands, which may be none. */
  void add(SinkRecord record, TopicPartition partition, List<RedisWrite> commands) {
    writes.addAll(commands);
    for (int i = 0; i < commands.size(); i++) {
      origins.add(record);
    }
    pass(record, partition);
  }

  /** Adds a record that leaves nothing but a fence behind it. */
  void pass(SinkRecord record, TopicPartition partition) {
    nextOffsets.put(partition, record.originalKafkaOffset() + 1);
  }

  boolean isEmpty() {
    return nextOffsets.isEmpty();
  }

  /** Returns all commands, the fences last. */
  List<RedisWrite> commands(OffsetFence fence) {
    List<RedisWrite> all = new ArrayList<>(writes);
    nextOffsets.forEach((partition, next) -> all.add(fence.move(partition, next)));
    return all;
  }

  /** Returns the record that the command at this place came from, or null for a fence. */
  SinkRecord origin(int command) {
    return command < origins.size() ? origins.get(command) : null;
  }

  RedisWrite command(int index) {
    return writes.get(index);
  }
}
