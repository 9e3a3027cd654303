package io.quantumtrader.schemas.evolution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes real values with one schema, reads the bytes with another, and compares what came out for
 * every field that both have.
 */
final class RoundTrip {

  private static final long SEED = 20_260_101;
  private static final int LEAST_RECORDS = 16;
  private static final int MOST_RECORDS = 64;

  private RoundTrip() {}

  /** Returns what came out different, each place once; an empty path where decoding failed. */
  static List<Difference> differences(Schema reader, Schema writer) {
    List<Difference> found = new ArrayList<>();
    GenericDatumWriter<Object> encoding = new GenericDatumWriter<>(writer);
    GenericDatumReader<Object> decoding = new GenericDatumReader<>(writer, reader);
    for (Object written : new SampleData(writer, SEED).next(records(writer))) {
      try {
        Object read = decode(encode(written, encoding), decoding);
        new ValueComparison(found).compare(Types.rootPath(reader), reader, read, writer, written);
      } catch (IOException | AvroRuntimeException failed) {
        found.add(new Difference("", "reading fails: " + reason(failed)));
        break;
      }
    }
    return found;
  }

  /** Enough for every branch and symbol to have its turn, also inside of optional parts. */
  private static int records(Schema schema) {
    int turns = 2 * widest(schema, new IdentityHashMap<>());
    return Math.min(MOST_RECORDS, Math.max(LEAST_RECORDS, turns));
  }

  private static int widest(Schema schema, IdentityHashMap<Schema, Boolean> seen) {
    if (seen.put(schema, true) != null) {
      return 0;
    }
    return switch (schema.getType()) {
      case ENUM -> schema.getEnumSymbols().size();
      case ARRAY -> widest(schema.getElementType(), seen);
      case MAP -> widest(schema.getValueType(), seen);
      case RECORD ->
          schema.getFields().stream().mapToInt(f -> widest(f.schema(), seen)).max().orElse(1);
      case UNION -> {
        int inside = schema.getTypes().stream().mapToInt(b -> widest(b, seen)).max().orElse(1);
        yield schema.getTypes().size() * Math.max(1, inside);
      }
      default -> 1;
    };
  }

  private static byte[] encode(Object value, GenericDatumWriter<Object> encoding)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    encoding.write(value, encoder);
    return bytes.toByteArray();
  }

  private static Object decode(byte[] bytes, GenericDatumReader<Object> decoding)
      throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    Object value = decoding.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left after the record");
    }
    return value;
  }

  private static String reason(Exception failed) {
    String message = failed.getMessage();
    return message == null
        ? failed.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  /**
   * A value that came out different.
   *
   * @param path of the field, by the reader's names; empty where the record could not be read
   * @param example what was written and what was read
   */
  record Difference(String path, String example) {}
}
