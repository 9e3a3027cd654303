package io.quantumtrader.execution.executor;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;

/** Keys and values of the catalog's topics, to and from bytes. For one thread. */
final class RecordCodec implements AutoCloseable {

  private final RecordSerdes serdes;
  private final Map<Class<?>, Serde<? extends SpecificRecord>> byType = new HashMap<>();

  RecordCodec(Map<String, ?> configuration) {
    this.serdes = new RecordSerdes(configuration);
  }

  /** Returns the key as text; empty where there is none. */
  static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked") // the serde is made for the value's own class
  byte[] value(Topic topic, SpecificRecord value) {
    Serde<SpecificRecord> serde =
        (Serde<SpecificRecord>) of(value.getClass().asSubclass(SpecificRecord.class));
    return serde.serializer().serialize(topic.topicName(), value);
  }

  /**
   * Reads a value; an outage of the registry goes up as it is, because nothing is wrong with the
   * record then.
   *
   * @throws UnreadableRecordException for bytes that are no such value, and for none at all
   */
  <T extends SpecificRecord> T value(ConsumerRecord<byte[], byte[]> record, Class<T> type)
      throws UnreadableRecordException {
    if (record.value() == null) {
      throw new UnreadableRecordException(record, "there is no value", null);
    }
    try {
      return type.cast(
          of(type).deserializer().deserialize(record.topic(), record.headers(), record.value()));
    } catch (RegistryUnavailableException outage) {
      throw outage;
    } catch (SerializationException malformed) {
      throw new UnreadableRecordException(record, malformed.getMessage(), malformed);
    }
  }

  /**
   * Reads the instrument that a mark says it belongs to; empty where it says nothing.
   *
   * @throws UnreadableRecordException for bytes that are no instrument
   */
  Optional<Instrument> instrument(ConsumerRecord<byte[], byte[]> mark)
      throws UnreadableRecordException {
    Header said = mark.headers().lastHeader(MarketHeaders.INSTRUMENT);
    if (said == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          Instrument.class.cast(
              of(Instrument.class)
                  .deserializer()
                  .deserialize(Topic.INSTRUMENT.topicName(), said.value())));
    } catch (RegistryUnavailableException outage) {
      throw outage;
    } catch (SerializationException malformed) {
      throw new UnreadableRecordException(mark, malformed.getMessage(), malformed);
    }
  }

  private <T extends SpecificRecord> Serde<? extends SpecificRecord> of(Class<T> type) {
    return byType.computeIfAbsent(type, key -> serdes.of(type));
  }

  @Override
  public void close() {
    byType.values().forEach(Serde::close);
  }
}
