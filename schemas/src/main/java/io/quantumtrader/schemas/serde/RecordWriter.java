package io.quantumtrader.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Writes records of one thread. Buffer, encoder, datum writers and ids are reused; the only
 * allocation per record is the array that is returned.
 */
final class RecordWriter {

  private static final int INITIAL_CAPACITY = 1024;

  /** A buffer that grew beyond this for one record is let go afterwards. */
  private static final int LARGEST_KEPT = 1 << 20;

  private final WriterIds ids;
  private final Map<Class<?>, TypeWriter> types = new HashMap<>();
  private Buffer buffer = new Buffer();
  private BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
  private TypeWriter last;

  RecordWriter(WriterIds ids) {
    this.ids = ids;
  }

  byte[] write(String topic, SpecificRecord value) {
    Class<?> type = value.getClass();
    if (last == null || last.type != type) {
      last = types.computeIfAbsent(type, key -> new TypeWriter(value));
    }
    int id = last.idIn(topic);
    buffer.start(id);
    try {
      last.writer.write(value, encoder);
      return buffer.toByteArray();
    } catch (IOException | RuntimeException invalid) {
      throw new SerializationException(
          "writing a value of topic "
              + topic
              + " with the schema of "
              + type.getName()
              + " (id "
              + id
              + "): "
              + reason(invalid),
          invalid);
    } finally {
      dropLargeBuffer();
    }
  }

  private static String reason(Exception invalid) {
    return invalid instanceof AvroRuntimeException || invalid.getMessage() != null
        ? invalid.getMessage()
        : invalid.toString();
  }

  private void dropLargeBuffer() {
    if (buffer.capacity() > LARGEST_KEPT) {
      buffer = new Buffer();
      encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
    }
  }

  /** What is kept for each generated class. */
  private final class TypeWriter {

    private final Class<?> type;
    private final Schema schema;
    private final DatumWriter<SpecificRecord> writer;
    private final Map<String, Integer> idByTopic = new HashMap<>();
    private String lastTopic;
    private int lastId;

    @SuppressWarnings("unchecked") // the writer is made for the value's own class
    TypeWriter(SpecificRecord value) {
      this.type = value.getClass();
      this.schema = value.getSchema();
      this.writer =
          (DatumWriter<SpecificRecord>) SpecificData.getForClass(type).createDatumWriter(schema);
    }

    int idIn(String topic) {
      if (!topic.equals(lastTopic)) {
        lastId = idByTopic.computeIfAbsent(topic, name -> ids.idOf(name, schema));
        lastTopic = topic;
      }
      return lastId;
    }
  }

  /** Begins each record with the header of the wire format. */
  private static final class Buffer extends ByteArrayOutputStream {

    Buffer() {
      super(INITIAL_CAPACITY);
    }

    void start(int id) {
      reset();
      write(WireFormat.MAGIC);
      write(id >>> 24);
      write(id >>> 16);
      write(id >>> 8);
      write(id);
    }

    int capacity() {
      return buf.length;
    }
  }
}
