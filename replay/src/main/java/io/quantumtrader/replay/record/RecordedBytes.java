package io.quantumtrader.replay.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.Serializer;

/** Writes recorded records as they lay in their topics, for another registry. */
final class RecordedBytes {

  private final RecordSerdes serdes;
  private final Map<Class<?>, Serializer<? extends SpecificRecord>> writers = new HashMap<>();

  RecordedBytes(RecordSerdes serdes) {
    this.serdes = serdes;
  }

  /** Returns the key; null for none. */
  static byte[] key(RecordedRecord record) {
    return record.key().map(key -> key.getBytes(UTF_8)).orElse(null);
  }

  static Header[] headers(RecordedRecord record) {
    return record.headers().stream()
        .map(header -> new RecordHeader(header.name(), header.value()))
        .toArray(Header[]::new);
  }

  /** Returns the value; null for a tombstone. */
  byte[] value(RecordedRecord record) {
    return record
        .bytes()
        .or(() -> record.value().map(value -> write(record.topic(), value)))
        .orElse(null);
  }

  @SuppressWarnings("unchecked") // a serializer of a class writes the values of the class
  private byte[] write(Topic topic, SpecificRecord value) {
    Serializer<SpecificRecord> writer =
        (Serializer<SpecificRecord>)
            writers.computeIfAbsent(
                value.getClass(),
                any -> serdes.of(value.getClass().asSubclass(SpecificRecord.class)).serializer());
    return writer.serialize(topic.topicName(), value);
  }
}
