package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.Map;

/**
 * Where broker and registry are, and how to get in.
 *
 * @param bootstrapServers broker addresses
 * @param registryUrl the registry's Confluent API
 * @param config further settings of the clients
 */
public record Endpoints(String bootstrapServers, String registryUrl, ClientConfig config) {

  /** Names servers that let everybody in. */
  public Endpoints(String bootstrapServers, String registryUrl) {
    this(bootstrapServers, registryUrl, ClientConfig.NONE);
  }

  /** Returns the configuration every Kafka client starts from. */
  public Map<String, Object> kafka() {
    return config.kafkaAt(bootstrapServers);
  }

  /** Returns serde configuration: schemas are registered beforehand, never on the way. */
  public Map<String, Object> registry() {
    return config.registryAt(registryUrl);
  }

  /** Returns the serdes. */
  public RecordSerdes serdes() {
    return config.serdesAt(registryUrl);
  }
}
