package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Makes configured value serdes; the one thing a topology has to know about serialization. All of
 * them share one registry client and its caches.
 */
public final class RecordSerdes implements AutoCloseable {

  private final SerdeConfig config;
  private final SchemaRegistry registry;
  private final Optional<RegistryPatience> patience;

  /**
   * Creates the factory.
   *
   * @param configuration as in {@link SerdeConfig}, `schema.registry.url` at least
   */
  public RecordSerdes(Map<String, ?> configuration) {
    this.config = new SerdeConfig(configuration);
    this.registry = config.registry();
    this.patience = Optional.empty();
  }

  private RecordSerdes(RecordSerdes of, RegistryPatience patience) {
    this.config = of.config;
    this.registry = of.registry;
    this.patience = Optional.of(patience);
  }

  /** Returns the same serdes over the same client, which wait while the registry is away. */
  public RecordSerdes waitingWith(RegistryPatience how) {
    return new RecordSerdes(this, how);
  }

  /** Returns a serde for values of this generated class, configured and ready. */
  public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
    Serde<T> plain = new AvroSerde<>(registry, config, type);
    return patience.<Serde<T>>map(how -> new PatientSerde<>(plain, how)).orElse(plain);
  }

  /** Returns whether a serde is one of these: its values are in the registry's wire format. */
  public static boolean writesRegistryFormat(Serde<?> serde) {
    return serde instanceof AvroSerde<?> || serde instanceof PatientSerde<?>;
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
