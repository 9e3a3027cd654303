package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Makes configured value serdes; the one thing a topology has to know about serialization. All of
 * them share one registry client and its caches.
 */
public final class RecordSerdes implements AutoCloseable {

  private final SerdeConfig config;
  private final SchemaRegistry registry;

  /**
   * Creates the factory.
   *
   * @param configuration as in {@link SerdeConfig}, `schema.registry.url` at least; a url
   *     `mock://name` stands for a registry in memory that all with the same name share
   */
  public RecordSerdes(Map<String, ?> configuration) {
    this.config = new SerdeConfig(configuration);
    this.registry = config.registry();
  }

  /** Returns a serde for values of this generated class, configured and ready. */
  public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
    return new AvroSerde<>(registry, config, type);
  }

  /** Returns the registry client that the serdes share. */
  public SchemaRegistry registry() {
    return registry;
  }

  /** Closes the registry client; serdes made before are of no use afterwards. */
  @Override
  public void close() {
    registry.close();
  }
}
