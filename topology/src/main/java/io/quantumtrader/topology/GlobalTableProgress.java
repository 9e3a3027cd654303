package io.quantumtrader.topology;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the global tables of this process have applied their topics. They are read by a thread of
 * their own and commit nothing, so this is the only way to know. May be used by several threads.
 */
public final class GlobalTableProgress {

  /** Name of the setting under which the process passes its progress to the topology. */
  public static final String SETTING = "quantum.global.table.progress";

  private final Map<TopicPartition, Long> applied = new ConcurrentHashMap<>();

  /** Returns the progress in a Streams configuration, or a new one where there is none. */
  static GlobalTableProgress in(Properties configuration) {
    return configuration.get(SETTING) instanceof GlobalTableProgress progress
        ? progress
        : new GlobalTableProgress();
  }

  /** Notes that a record was applied, or skipped because it cannot be read. */
  public void applied(String topic, int partition, long offset) {
    applied.merge(new TopicPartition(topic, partition), offset, Math::max);
  }

  /** Returns the offset of the last record that was applied; empty where there was none yet. */
  public OptionalLong lastApplied(TopicPartition partition) {
    Long offset = applied.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** Returns the offsets of the last records that were applied, by partition. */
  public Map<TopicPartition, Long> snapshot() {
    return Map.copyOf(applied);
  }
}
