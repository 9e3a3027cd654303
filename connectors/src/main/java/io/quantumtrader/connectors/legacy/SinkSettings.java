package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import java.util.Objects;

/**
 * What differs from one place to another.
 *
 * @param redisUri {@code redis://host:port/database}, without password
 * @param registryUrl the schema registry's Confluent API
 * @param keyPrefix what keys begin with; {@code quantum:}, or {@code quantum:shadow:} while old
 *     services still run
 * @param expiryReference WALL live, RECORD in a replay
 * @param tasks tasks of the connector, 1 or more
 * @param fenceKey names the keys that remember how far was written; has to change when the topics
 *     are recreated over the same Redis
 */
public record SinkSettings(
    String redisUri,
    String registryUrl,
    String keyPrefix,
    ExpiryReference expiryReference,
    int tasks,
    String fenceKey) {

  /** What the keys of the old system begin with. */
  public static final String DEFAULT_PREFIX = "quantum:";

  /** What all keys of the connectors' own begin with after the prefix. */
  public static final String OWN_KEYS = "connect:";

  /** What the sink's own keys, which remember how far was written, begin with after the prefix. */
  public static final String FENCE_KEY = "connect:offset";

  public SinkSettings {
    Objects.requireNonNull(redisUri, "redisUri");
    Objects.requireNonNull(registryUrl, "registryUrl");
    if (tasks < 1) {
      throw new IllegalArgumentException("tasks must be 1 or more: " + tasks);
    }
  }

  /** Returns settings for a live sink with the old keys. */
  public static SinkSettings of(String redisUri, String registryUrl) {
    return new SinkSettings(
        redisUri, registryUrl, DEFAULT_PREFIX, ExpiryReference.WALL, 1, FENCE_KEY);
  }

  /** Returns these settings with another prefix. */
  public SinkSettings withKeyPrefix(String prefix) {
    return new SinkSettings(redisUri, registryUrl, prefix, expiryReference, tasks, fenceKey);
  }

  /** Returns these settings with another reference of expiries. */
  public SinkSettings withExpiryReference(ExpiryReference reference) {
    return new SinkSettings(redisUri, registryUrl, keyPrefix, reference, tasks, fenceKey);
  }

  /** Returns these settings with another number of tasks. */
  public SinkSettings withTasks(int count) {
    return new SinkSettings(redisUri, registryUrl, keyPrefix, expiryReference, count, fenceKey);
  }

  /**
   * Returns these settings for the topics of one Kafka cluster: written offsets are remembered per
   * cluster, so that a fresh cluster before a Redis that was used before is written from its start.
   */
  public SinkSettings withKafkaCluster(String clusterId) {
    String key = FENCE_KEY + ":" + clusterId;
    return new SinkSettings(redisUri, registryUrl, keyPrefix, expiryReference, tasks, key);
  }
}
