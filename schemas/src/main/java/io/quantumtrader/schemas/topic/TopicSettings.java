package io.quantumtrader.schemas.topic;

import java.util.Map;
import java.util.TreeMap;

/**
 * How an installation wants its topics: what the catalog leaves open.
 *
 * @param counts partitions per group
 * @param replicationFactor copies of each partition, 1 or more, or -1 for the broker's default
 * @param overrides topic settings for all topics, for example {@code retention.ms=-1}; {@code
 *     cleanup.policy} is the catalog's and cannot be overridden, nor can {@code
 *     min.compaction.lag.ms} of a topic that keeps its history
 */
public record TopicSettings(
    PartitionCounts counts, short replicationFactor, Map<String, String> overrides) {

  /** Leaves the replication factor to the broker. */
  public static final short BROKER_DEFAULT = -1;

  static final String CLEANUP_POLICY = "cleanup.policy";

  /** How long a record is left alone by compaction, milliseconds. */
  static final String COMPACTION_LAG = "min.compaction.lag.ms";

  private static final String FOR_EVER = Long.toString(Long.MAX_VALUE);

  public TopicSettings {
    if (replicationFactor < 1 && replicationFactor != BROKER_DEFAULT) {
      throw new IllegalArgumentException(
          "replication factor must be 1 or more, or -1 for the broker's: " + replicationFactor);
    }
    if (overrides.containsKey(CLEANUP_POLICY)) {
      throw new IllegalArgumentException(CLEANUP_POLICY + " is fixed by the topic catalog");
    }
    overrides = Map.copyOf(overrides);
  }

  /** Returns the settings that the topic should have beyond the broker's defaults. */
  public Map<String, String> of(Topic topic) {
    Map<String, String> settings = new TreeMap<>(overrides);
    settings.put(CLEANUP_POLICY, topic.cleanup().policy());
    if (topic.keepsHistory()) {
      settings.put(COMPACTION_LAG, FOR_EVER);
    }
    return settings;
  }
}
