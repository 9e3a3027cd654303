package io.quantumtrader.app.up;

import io.quantumtrader.compose.Stack;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where everything is.
 *
 * @param bootstrapServers broker addresses
 * @param registryUrl the registry's Confluent API
 * @param redisUri Redis
 */
record Addresses(String bootstrapServers, String registryUrl, String redisUri) {

  /** Returns the addresses of a started stack. */
  static Addresses of(Stack stack) {
    return new Addresses(stack.bootstrapServers(), stack.schemaRegistryUrl(), stack.redisUri());
  }

  /** Returns the configuration every Kafka client starts from. */
  Map<String, Object> kafka() {
    return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
  }

  /** Returns serde configuration: schemas are registered beforehand, never on the way. */
  Map<String, Object> registry() {
    return Map.of("schema.registry.url", registryUrl, "auto.register.schemas", "false");
  }

  /** Returns the serdes. */
  RecordSerdes serdes() {
    return new RecordSerdes(registry());
  }
}
