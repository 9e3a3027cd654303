package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.evolution.LogicalTypeRule;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records of the registry's wire format as generated classes; null stays null. The schema
 * that a record was written with is resolved to the schema of the class. May be used from several
 * threads. Configured with {@link SerdeConfig}; without {@link SerdeConfig#VALUE_CLASS} the class
 * is the one that the writer's schema names.
 *
 * <p>Throws {@link org.apache.kafka.common.errors.SerializationException} for a record that cannot
 * be read; {@link io.quantumtrader.schemas.registry.RegistryUnavailableException} in an outage,
 * when nothing is wrong with the record; {@link
 * io.quantumtrader.schemas.registry.SchemaNotFoundException} for an id that the registry does not
 * know.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

  private ThreadLocal<RecordReader<T>> readers;
  private Optional<? extends Class<?>> valueClass = Optional.empty();
  private SchemaRegistry owned;

  /** For Kafka, which calls {@link #configure} next. */
  public AvroDeserializer() {}

  /** Creates a deserializer that is ready; the registry stays the caller's. */
  public AvroDeserializer(SchemaRegistry registry, Class<T> type) {
    start(registry, Optional.of(type));
  }

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    AvroSerializer.refuseKeys(isKey);
    SerdeConfig config = new SerdeConfig(configuration);
    owned = config.registry();
    start(owned, config.valueClass());
  }

  /** Returns the class that it reads; empty where the record says it, or before configuration. */
  public Optional<? extends Class<?>> valueClass() {
    return valueClass;
  }

  private void start(SchemaRegistry registry, Optional<? extends Class<?>> type) {
    valueClass = type;
    readers =
        ThreadLocal.withInitial(
            () -> new RecordReader<>(registry, written -> reader(written, type.orElse(null))));
  }

  @SuppressWarnings("unchecked") // the caller names the class that it wants
  private static <T> DatumReader<T> reader(Schema written, Class<?> wanted) {
    Class<?> type = wanted == null ? namedBy(written) : wanted;
    SpecificData data = SpecificData.getForClass((Class<T>) type);
    Schema expected = data.getSchema(type);
    if (!expected.getFullName().equals(written.getFullName())) {
      throw new AvroTypeException(
          "found a " + written.getFullName() + ", expected a " + expected.getFullName());
    }
    List<String> differences = LogicalTypeRule.differences(written, expected);
    if (!differences.isEmpty()) {
      throw new AvroTypeException("logical type differs at " + String.join(", ", differences));
    }
    return (DatumReader<T>) data.createDatumReader(written, expected);
  }

  private static Class<?> namedBy(Schema written) {
    Class<?> type = SpecificData.get().getClass(written);
    if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
      throw new SerializationException(
          "there is no generated class for "
              + written.getFullName()
              + "; read it with "
              + GenericAvroDeserializer.class.getSimpleName());
    }
    return type;
  }

  @Override
  public T deserialize(String topic, byte[] data) {
    return data == null ? null : readers.get().read(topic, data, 0, data.length);
  }

  @Override
  public T deserialize(String topic, Headers headers, ByteBuffer data) {
    return data == null ? null : readers.get().read(topic, data);
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }
}
