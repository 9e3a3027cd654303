package io.quantumtrader.console.tap;

import io.quantumtrader.schemas.topic.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A committed record of one of our topics.
 *
 * @param topic catalog entry
 * @param raw the record as it lies on the topic
 * @param value the decoded value; empty for a tombstone, for dead letters and where it is
 *     unreadable
 * @param readable whether its bytes are a value of the topic, or none
 * @param earlier true: it lay there before this run began
 */
public record TappedRecord(
    Topic topic,
    ConsumerRecord<byte[], byte[]> raw,
    Optional<SpecificRecord> value,
    boolean readable,
    boolean earlier) {

  /** Returns a record that can be read. */
  public static TappedRecord of(
      Topic topic,
      ConsumerRecord<byte[], byte[]> raw,
      Optional<SpecificRecord> value,
      boolean earlier) {
    return new TappedRecord(topic, raw, value, true, earlier);
  }

  /** Returns the key as text, empty where there is none. */
  public String key() {
    return raw.key() == null ? "" : new String(raw.key(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
