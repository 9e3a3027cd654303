package io.quantumtrader.topology;

import io.quantumtrader.schemas.topic.Topic;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Reads and writes values as the topic they come from does, whatever store they are in: the rows of
 * a global table go by the subject of its topic.
 */
final class TopicSerde<T> implements Serde<T> {

  private final Topic topic;
  private final Serde<T> inner;

  TopicSerde(Topic topic, Serde<T> inner) {
    this.topic = topic;
    this.inner = inner;
  }

  @Override
  public Serializer<T> serializer() {
    Serializer<T> serializer = inner.serializer();
    return (anyStore, value) -> serializer.serialize(topic.topicName(), value);
  }

  @Override
  public Deserializer<T> deserializer() {
    Deserializer<T> deserializer = inner.deserializer();
    return (anyStore, bytes) -> deserializer.deserialize(topic.topicName(), bytes);
  }

  @Override
  public void close() {
    inner.close();
  }
}
