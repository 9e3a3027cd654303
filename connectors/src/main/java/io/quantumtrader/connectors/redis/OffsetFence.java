package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * How far each partition has been written, kept in Redis beside what was written. Moved in the same
 * transaction as the writes, it tells after any crash whether they happened; watched while the
 * transaction is made, it keeps two tasks that both believe to own a partition from writing twice.
 */
final class OffsetFence {

  private final String keyPrefix;

  /**
   * Creates it.
   *
   * @param keyPrefix what the fence keys begin with; topic and partition follow
   */
  OffsetFence(String keyPrefix) {
    this.keyPrefix = keyPrefix;
  }

  String key(TopicPartition partition) {
    return keyPrefix + ":" + partition.topic() + ":" + partition.partition();
  }

  /**
   * Returns the key for what of a partition is in one slot of a cluster; it lives in that slot.
   *
   * @throws ConnectException if the names of fence or connector hold a hash tag of their own
   */
  String key(TopicPartition partition, int slot) {
    String key = key(partition) + ":{" + SlotTags.of(slot) + "}";
    if (SlotTags.slotOf(key) == slot) {
      return key;
    }
    // A tag in the key prefix holds for all keys alike: then there is but one slot.
    if (SlotTags.slotOf(keyPrefix) == slot && keyPrefix.indexOf('{') >= 0) {
      return key(partition);
    }
    throw new ConnectException(
        "in a cluster, fence.key and the connector's name must not hold { or }: " + keyPrefix);
  }

  /** Returns the command that moves a fence to the next offset to write. */
  RedisWrite move(TopicPartition partition, long nextOffset) {
    return RedisWrite.of("SET", key(partition), Long.toString(nextOffset));
  }

  /** Returns the keys of partitions, in their order. */
  List<String> keys(Collection<TopicPartition> partitions) {
    return partitions.stream().map(this::key).toList();
  }

  /**
   * Returns the next offset to write of each partition.
   *
   * @param values what their keys hold, in the order of the partitions
   */
  Map<TopicPartition, Long> nextOffsets(
      Collection<TopicPartition> partitions, List<String> values) {
    Map<TopicPartition, Long> nextOffsets = new LinkedHashMap<>();
    Iterator<String> value = values.iterator();
    for (TopicPartition partition : partitions) {
      nextOffsets.put(partition, nextOffset(partition, value.next()));
    }
    return nextOffsets;
  }

  private long nextOffset(TopicPartition partition, String value) {
    return nextOffset(key(partition), value);
  }

  /**
   * Returns the next offset to write.
   *
   * @param value what the key holds, null if it is absent
   */
  static long nextOffset(String key, String value) {
    if (value == null) {
      return 0;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException foreign) {
      throw new ConnectException(
          "key " + key + " holds no offset; remove it, or change fence.key", foreign);
    }
  }
}
