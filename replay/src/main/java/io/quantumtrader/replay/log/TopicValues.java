package io.quantumtrader.replay.log;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Decodes values of the catalog's topics. Anybody may have written anything to a topic: what cannot
 * be read is counted, and whoever reads goes on. For one thread.
 */
public final class TopicValues {

  private final RecordSerdes serdes;
  private final Map<Topic, Deserializer<? extends SpecificRecord>> readers =
      new EnumMap<>(Topic.class);
  private long unreadable;

  /** Creates a reader. */
  public TopicValues(RecordSerdes serdes) {
    this.serdes = serdes;
  }

  /**
   * Returns a value; empty for a tombstone, on a topic whose values are bytes, and where it cannot
   * be read.
   *
   * @throws RegistryUnavailableException in an outage of the registry, which says nothing of the
   *     value
   */
  public Optional<SpecificRecord> read(Topic topic, byte[] value) {
    if (value == null || topic.valueType().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          readers
              .computeIfAbsent(topic, any -> serdes.of(topic.valueType().get()).deserializer())
              .deserialize(topic.topicName(), value));
    } catch (RegistryUnavailableException outage) {
      throw outage;
    } catch (SerializationException foreign) {
      unreadable++;
      return Optional.empty();
    }
  }

  /** Returns how many values could not be read. */
  public long unreadable() {
    return unreadable;
  }
}
