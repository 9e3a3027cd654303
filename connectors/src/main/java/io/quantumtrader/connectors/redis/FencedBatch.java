package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * What is written at once: the commands of records, and how far their partitions are written with
 * them.
 */
final class FencedBatch {

  private final List<RedisWrite> writes = new ArrayList<>();
  private final List<RenderedRecord> origins = new ArrayList<>();
  private final List<RenderedRecord> records = new ArrayList<>();
  private final Map<TopicPartition, Long> nextOffsets = new LinkedHashMap<>();

  /** Adds a record with all its commands, which may be none. */
  void add(RenderedRecord record) {
    records.add(record);
    for (RedisWrite write : record.writes()) {
      writes.add(write);
      origins.add(record);
    }
    nextOffsets.put(record.partition(), record.offset() + 1);
  }

  /** Adds one command of a record. */
  void add(RenderedRecord record, RedisWrite write) {
    writes.add(write);
    origins.add(record);
    nextOffsets.put(record.partition(), record.offset() + 1);
  }

  /** Has a fence written again as it is, so that replicas can be waited for. */
  void renew(TopicPartition partition, long nextOffset) {
    nextOffsets.putIfAbsent(partition, nextOffset);
  }

  boolean isEmpty() {
    return nextOffsets.isEmpty();
  }

  List<RedisWrite> writes() {
    return writes;
  }

  /** Returns the records that were added whole. */
  List<RenderedRecord> records() {
    return records;
  }

  /** Returns the next offset to write of each partition, once this is done. */
  Map<TopicPartition, Long> nextOffsets() {
    return nextOffsets;
  }

  /** Returns all commands, those that move the fences last. */
  List<RedisWrite> commands(BiFunction<TopicPartition, Long, RedisWrite> move) {
    List<RedisWrite> all = new ArrayList<>(writes.size() + nextOffsets.size());
    all.addAll(writes);
    nextOffsets.forEach((partition, next) -> all.add(move.apply(partition, next)));
    return all;
  }

  /**
   * Reports the records of commands that Redis refused: it still runs the rest of a batch.
   *
   * @param errors for each command its error, null where it was done; those of fences after them
   */
  void reportRefusals(List<String> errors, BadRecords badRecords) {
    for (int i = 0; i < writes.size(); i++) {
      if (errors.get(i) != null) {
        badRecords.report(origins.get(i), writes.get(i) + " refused: " + errors.get(i));
      }
    }
  }
}
