package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.redis.source.Output;
import io.quantumtrader.schemas.registry.RegistryException;
import io.quantumtrader.schemas.serde.AvroSerializer;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.RetriableException;

/** Records as the project's own serializer writes them, for a converter that passes bytes on. */
final class AvroBytes implements AutoCloseable {

  private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
  private final String topic;

  /**
   * Creates it.
   *
   * @param settings {@code schema.registry.url} at least
   */
  AvroBytes(String topic, Map<String, String> settings) {
    this.topic = topic;
    serializer.configure(settings, false);
  }

  /**
   * Returns a record for the topic.
   *
   * @throws RetriableException if the registry cannot be reached or does not have the schema yet
   */
  Output output(String key, SpecificRecord value) {
    try {
      return new Output(topic, key, Schema.BYTES_SCHEMA, serializer.serialize(topic, value));
    } catch (RegistryException passing) {
      throw new RetriableException(passing.getMessage(), passing);
    }
  }

  @Override
  public void close() {
    serializer.close();
  }
}
