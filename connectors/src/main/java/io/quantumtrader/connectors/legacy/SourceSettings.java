package io.quantumtrader.connectors.legacy;

import java.util.Objects;

/**
 * What differs from one place to another for the source.
 *
 * @param redisUri {@code redis://host:port/database}, without password
 * @param registryUrl the schema registry's Confluent API
 * @param keyPrefix what keys begin with; {@code quantum:}, or another while old services still run
 * @param tasks tasks of the connector at most, 1 or more
 */
public record SourceSettings(String redisUri, String registryUrl, String keyPrefix, int tasks) {

  public SourceSettings {
    Objects.requireNonNull(redisUri, "redisUri");
    Objects.requireNonNull(registryUrl, "registryUrl");
    if (tasks < 1) {
      throw new IllegalArgumentException("tasks must be 1 or more: " + tasks);
    }
  }

  /** Returns settings for the old keys. */
  public static SourceSettings of(String redisUri, String registryUrl) {
    return new SourceSettings(redisUri, registryUrl, SinkSettings.DEFAULT_PREFIX, 1);
  }

  /** Returns these settings with another prefix. */
  public SourceSettings withKeyPrefix(String prefix) {
    return new SourceSettings(redisUri, registryUrl, prefix, tasks);
  }
}
