package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.registry.RegistryException;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads records of one thread, straight from the array they came in. The decoder is reused, and so
 * are the datum readers, which keep the resolution of each writer's schema to the reader's.
 */
final class RecordReader<T> {

  static {
    OwnClasses.trust();
  }

  private final SchemaRegistry registry;
  private final Function<Schema, DatumReader<T>> readerOf;
  private final Map<Integer, DatumReader<T>> readers = new HashMap<>();
  private BinaryDecoder decoder;
  private DatumReader<T> lastReader;
  private int lastId;

  /**
   * Creates a reader.
   *
   * @param registry knows the writers' schemas
   * @param readerOf makes the datum reader for a writer's schema
   */
  RecordReader(SchemaRegistry registry, Function<Schema, DatumReader<T>> readerOf) {
    this.registry = registry;
    this.readerOf = readerOf;
  }

  T read(String topic, ByteBuffer data) {
    if (data.hasArray()) {
      return read(topic, data.array(), data.arrayOffset() + data.position(), data.remaining());
    }
    byte[] copy = new byte[data.remaining()];
    data.duplicate().get(copy);
    return read(topic, copy, 0, copy.length);
  }

  T read(String topic, byte[] bytes, int offset, int length) {
    int id;
    try {
      id = WireFormat.id(bytes, offset, length);
    } catch (SerializationException foreign) {
      throw new SerializationException(
          "reading a value of topic " + topic + ": " + foreign.getMessage(), foreign);
    }
    DatumReader<T> reader = reader(topic, id);
    int header = WireFormat.HEADER_LENGTH;
    decoder = DecoderFactory.get().binaryDecoder(bytes, offset + header, length - header, decoder);
    try {
      T value = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("bytes are left after the record");
      }
      return value;
    } catch (IOException | RuntimeException invalid) {
      throw failure(topic, id, invalid);
    }
  }

  private DatumReader<T> reader(String topic, int id) {
    if (lastReader == null || lastId != id) {
      lastReader = readers.computeIfAbsent(id, key -> resolve(topic, key));
      lastId = id;
    }
    return lastReader;
  }

  private DatumReader<T> resolve(String topic, int id) {
    Schema written;
    try {
      written = registry.schemaById(id);
    } catch (RegistryException unknown) {
      throw unknown.during("reading a value of topic " + topic);
    }
    try {
      return readerOf.apply(written);
    } catch (RuntimeException impossible) {
      throw failure(topic, id, impossible);
    }
  }

  private SerializationException failure(String topic, int id, Exception cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new SerializationException(
        "reading a value of topic "
            + topic
            + " (subject "
            + Subjects.of(topic, registry.schemaById(id))
            + ", schema id "
            + id
            + "): "
            + reason,
        cause);
  }
}
