package io.quantumtrader.connectors.legacy;

import java.util.List;
import java.util.Objects;

/**
 * What differs from one place to another for the source.
 *
 * @param redisUri {@code redis://host:port/database}, without password
 * @param registryUrl the schema registry's Confluent API
 * @param keyPrefix what keys begin with; {@code quantum:}, or another while old services still run
 * @param tasks tasks of the connector at most, 1 or more
 * @param streamsOn streams to read that are off otherwise, without prefix
 */
public record SourceSettings(
    String redisUri, String registryUrl, String keyPrefix, int tasks, List<String> streamsOn) {

  public SourceSettings {
    Objects.requireNonNull(redisUri, "redisUri");
    Objects.requireNonNull(registryUrl, "registryUrl");
    streamsOn = List.copyOf(streamsOn);
    if (tasks < 1) {
      throw new IllegalArgumentException("tasks must be 1 or more: " + tasks);
    }
  }

  /** Returns settings for the old keys. */
  public static SourceSettings of(String redisUri, String registryUrl) {
    return new SourceSettings(redisUri, registryUrl, SinkSettings.DEFAULT_PREFIX, 1, List.of());
  }

  /** Returns these settings with another prefix. */
  public SourceSettings withKeyPrefix(String prefix) {
    return new SourceSettings(redisUri, registryUrl, prefix, tasks, streamsOn);
  }

  /** Returns these settings with streams switched on that are off otherwise. */
  public SourceSettings withStreamsOn(List<String> streams) {
    return new SourceSettings(redisUri, registryUrl, keyPrefix, tasks, streams);
  }
}
