package io.quantumtrader.schemas.serde;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Reads and writes as another serde does, and waits for the registry where that one cannot. */
final class PatientSerde<T> implements Serde<T> {

  private final Serde<T> inner;
  private final RegistryPatience patience;

  PatientSerde(Serde<T> inner, RegistryPatience patience) {
    this.inner = inner;
    this.patience = patience;
  }

  @Override
  public Serializer<T> serializer() {
    Serializer<T> serializer = inner.serializer();
    return (topic, value) -> patience.call(() -> serializer.serialize(topic, value));
  }

  @Override
  public Deserializer<T> deserializer() {
    Deserializer<T> deserializer = inner.deserializer();
    return new Deserializer<>() {
      @Override
      public T deserialize(String topic, byte[] data) {
        return patience.call(() -> deserializer.deserialize(topic, data));
      }

      @Override
      public T deserialize(String topic, Headers headers, ByteBuffer data) {
        // A buffer that was read half stands where it was left.
        int start = data == null ? 0 : data.position();
        return patience.call(
            () ->
                deserializer.deserialize(
                    topic, headers, data == null ? null : data.position(start)));
      }
    };
  }

  @Override
  public void close() {
    inner.close();
  }
}
