package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes records of generated classes in the registry's wire format; null stays null, a tombstone.
 * One serializer writes any generated class, and may be used from several threads. Configured with
 * {@link SerdeConfig}.
 *
 * <p>Throws {@link org.apache.kafka.common.errors.SerializationException} where a value does not
 * fit its schema, and the registry's exceptions where an id cannot be had.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

  static {
    OwnClasses.trust();
  }

  private ThreadLocal<RecordWriter> writers;
  private SchemaRegistry owned;

  /** For Kafka, which calls {@link #configure} next. */
  public AvroSerializer() {}

  /** Creates a serializer that is ready; the registry stays the caller's. */
  public AvroSerializer(SchemaRegistry registry, SerdeConfig config) {
    start(registry, config);
  }

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    refuseKeys(isKey);
    SerdeConfig config = new SerdeConfig(configuration);
    owned = config.registry();
    start(owned, config);
  }

  private void start(SchemaRegistry registry, SerdeConfig config) {
    WriterIds ids = new WriterIds(registry, config.idSource(), config.subjectNames());
    writers = ThreadLocal.withInitial(() -> new RecordWriter(ids));
  }

  static void refuseKeys(boolean isKey) {
    if (isKey) {
      throw new ConfigException(
          "keys are plain strings: an Avro key changes its bytes with its schema id, which breaks"
              + " compaction and partitioning");
    }
  }

  @Override
  public byte[] serialize(String topic, T value) {
    return value == null ? null : writers.get().write(topic, value);
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }
}
