package io.quantumtrader.replay.record;

import io.quantumtrader.replay.record.RecordedRecord.RecordedHeader;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;

/** The Avro schema of the records of a topic in a recording: place, time, key, headers, value. */
final class RecordingSchema {

  private static final String NAMESPACE = "io.quantumtrader.recording";
  private static final Schema BYTES = Schema.create(Schema.Type.BYTES);
  private static final Schema NULL = Schema.create(Schema.Type.NULL);
  private static final Schema HEADER =
      SchemaBuilder.record("Header")
          .namespace(NAMESPACE)
          .fields()
          .requiredString("name")
          .name("value")
          .type(Schema.createUnion(NULL, BYTES))
          .withDefault(null)
          .endRecord();

  private RecordingSchema() {}

  /** Returns the schema for a topic. */
  static Schema of(Topic topic) {
    Schema value =
        topic
            .valueSchema()
            .map(schema -> Schema.createUnion(NULL, schema))
            .orElseGet(() -> Schema.createUnion(NULL));
    return SchemaBuilder.record("Recorded")
        .namespace(NAMESPACE)
        .fields()
        .requiredInt("partition")
        .requiredLong("offset")
        .requiredLong("timestampMs")
        .optionalString("key")
        .name("headers")
        .type(Schema.createArray(HEADER))
        .noDefault()
        .name("value")
        .type(value)
        .withDefault(null)
        .name("bytes")
        .type(Schema.createUnion(NULL, BYTES))
        .withDefault(null)
        .endRecord();
  }

  static GenericRecord toAvro(RecordedRecord record, Schema schema) {
    List<GenericRecord> headers = new ArrayList<>();
    for (RecordedHeader header : record.headers()) {
      headers.add(
          new GenericRecordBuilder(HEADER)
              .set("name", header.name())
              .set("value", header.value() == null ? null : ByteBuffer.wrap(header.value()))
              .build());
    }
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("partition", record.partition());
    avro.put("offset", record.offset());
    avro.put("timestampMs", record.timestampMs());
    avro.put("key", record.key().orElse(null));
    avro.put("headers", headers);
    avro.put("value", record.value().orElse(null));
    avro.put("bytes", record.bytes().map(ByteBuffer::wrap).orElse(null));
    return avro;
  }

  static RecordedRecord fromAvro(Topic topic, GenericRecord avro) {
    List<RecordedHeader> headers = new ArrayList<>();
    for (Object each : (Iterable<?>) avro.get("headers")) {
      GenericRecord header = (GenericRecord) each;
      headers.add(new RecordedHeader(header.get("name").toString(), bytes(header.get("value"))));
    }
    Object key = avro.get("key");
    return new RecordedRecord(
        topic,
        (Integer) avro.get("partition"),
        (Long) avro.get("offset"),
        (Long) avro.get("timestampMs"),
        Optional.ofNullable(key).map(Object::toString),
        headers,
        Optional.ofNullable((SpecificRecord) avro.get("value")),
        Optional.ofNullable(bytes(avro.get("bytes"))));
  }

  private static byte[] bytes(Object value) {
    if (value == null) {
      return null;
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
