package io.quantumtrader.app.parts;

import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where broker and registry are.
 *
 * @param bootstrapServers broker addresses
 * @param registryUrl the registry's Confluent API
 */
public record Endpoints(String bootstrapServers, String registryUrl) {

  /** Returns the configuration every Kafka client starts from. */
  public Map<String, Object> kafka() {
    return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
  }

  /** Returns serde configuration: schemas are registered beforehand, never on the way. */
  public Map<String, Object> registry() {
    return Map.of("schema.registry.url", registryUrl, "auto.register.schemas", "false");
  }

  /** Returns the serdes. */
  public RecordSerdes serdes() {
    return new RecordSerdes(registry());
  }
}
