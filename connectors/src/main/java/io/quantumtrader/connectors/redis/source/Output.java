package io.quantumtrader.connectors.redis.source;

import java.util.Objects;
import org.apache.kafka.connect.data.Schema;

/**
 * What is to be written to a topic.
 *
 * @param topic the topic
 * @param key the record's key, which decides its partition; may be null
 * @param schema schema of the value
 * @param value the value
 */
public record Output(String topic, String key, Schema schema, Object value) {

  public Output {
    Objects.requireNonNull(topic, "topic");
  }
}
