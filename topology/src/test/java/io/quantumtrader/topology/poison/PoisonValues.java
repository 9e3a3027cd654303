package io.quantumtrader.topology.poison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Random and extreme values of a schema, as bytes. Decimals are written as the bytes they are, so
 * that they may have more digits than the schema allows: a sender that does not check can do that.
 */
final class PoisonValues {

  private static final GenericData RAW = new GenericData();
  private static final int HEADER = 5;
  private static final BigInteger EDGE = BigInteger.TEN.pow(38);

  private final Random random;
  private final List<String> names;
  private long nowMs;

  /**
   * Creates the source.
   *
   * @param names names and ids that mean something where they lie
   */
  PoisonValues(Random random, List<String> names) {
    this.random = random;
    this.names = names;
  }

  void passClock(long time) {
    nowMs = time;
  }

  /** Returns a sound value with some of its fields replaced by random ones. */
  byte[] mutated(byte[] sound, Schema schema, int fields) {
    GenericRecord record = read(sound, schema);
    for (int i = 0; i < fields; i++) {
      mutate(record);
    }
    return write(sound, record, schema);
  }

  /** Returns a value of which every field is random. */
  byte[] wild(byte[] sound, Schema schema) {
    return write(sound, (GenericRecord) value(schema, 0), schema);
  }

  /** Returns bytes that are no such value, or hardly. */
  byte[] garbage(byte[] sound) {
    byte[] bytes = sound.clone();
    return switch (random.nextInt(8)) {
      case 0 -> new byte[0];
      case 1 -> bytes(random.nextInt(200));
      case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 3 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
      case 4 -> {
        ByteBuffer.wrap(bytes).putInt(1, random.nextInt());
        yield bytes;
      }
      case 5 -> {
        bytes[0] = (byte) (1 + random.nextInt(200));
        yield bytes;
      }
      case 6 -> random.nextInt(40) == 0 ? bytes(1_000_000) : bytes(2_000);
      default -> {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
          int at = HEADER + random.nextInt(Math.max(1, bytes.length - HEADER));
          bytes[Math.min(at, bytes.length - 1)] = (byte) random.nextInt();
        }
        yield bytes;
      }
    };
  }

  private void mutate(GenericRecord record) {
    List<Schema.Field> fields = record.getSchema().getFields();
    Schema.Field field = fields.get(random.nextInt(fields.size()));
    Object before = record.get(field.pos());
    if (before instanceof GenericRecord nested && random.nextInt(4) != 0) {
      mutate(nested);
      return;
    }
    record.put(field.pos(), value(field.schema(), 0));
  }

  private Object value(Schema schema, int depth) {
    return switch (schema.getType()) {
      case RECORD -> {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
          record.put(field.pos(), value(field.schema(), depth + 1));
        }
        yield record;
      }
      case UNION -> value(schema.getTypes().get(random.nextInt(schema.getTypes().size())), depth);
      case ARRAY -> items(schema, depth);
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      case STRING -> text();
      case BYTES -> ByteBuffer.wrap(units().toByteArray());
      case LONG -> time();
      case INT -> pick(0, 1, -1, 2, 20, 125, 126, 1000, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case DOUBLE -> number();
      case BOOLEAN -> random.nextBoolean();
      case NULL -> null;
      default -> throw new IllegalArgumentException("no values of " + schema);
    };
  }

  private List<Object> items(Schema schema, int depth) {
    int count = random.nextInt(300) == 0 ? 1500 : random.nextInt(4);
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(value(schema.getElementType(), depth + 1));
    }
    return items;
  }

  private BigInteger units() {
    BigInteger units =
        switch (random.nextInt(10)) {
          case 0 -> BigInteger.ZERO;
          case 1 -> BigInteger.ONE;
          case 2 -> EDGE.subtract(BigInteger.ONE);
          case 3 -> EDGE;
          case 4 -> BigInteger.TEN.pow(39 + random.nextInt(3)).add(BigInteger.ONE);
          case 5 -> BigInteger.TEN.pow(18 + random.nextInt(20));
          case 6 -> new BigInteger(random.nextInt(200) == 0 ? 400_000 : 600, random);
          case 7 -> new BigInteger(120, random);
          default -> new BigDecimal(random.nextDouble() * 200).movePointRight(18).toBigInteger();
        };
    return random.nextInt(4) == 0 ? units.negate() : units;
  }

  private long time() {
    return switch (random.nextInt(9)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> Long.MIN_VALUE;
      case 3 -> Long.MAX_VALUE;
      case 4 -> 253_402_300_799_999L;
      case 5 -> random.nextLong();
      case 6 -> 60_000;
      default -> nowMs + random.nextInt(120_000) - 100_000;
    };
  }

  private double number() {
    return switch (random.nextInt(11)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> Double.MAX_VALUE;
      case 4 -> Double.MIN_VALUE;
      case 5 -> -0.0;
      case 6 -> -1.5;
      case 7 -> 1e18;
      case 8 -> Double.longBitsToDouble(random.nextLong());
      default -> random.nextDouble() * 3;
    };
  }

  private CharSequence text() {
    return switch (random.nextInt(16)) {
      case 0 -> "";
      case 1 -> "x".repeat(129);
      case 2 -> "y".repeat(5_000);
      case 3 -> random.nextInt(60) == 0 ? "z".repeat(900_000) : "z".repeat(20_000);
      case 4 -> "a|b:c,d\n\u0000";
      case 5 -> "\ud800";
      case 6 -> "币安人生USDT";
      case 7 -> new Utf8(bytes(12));
      case 8 -> "é".repeat(random.nextInt(60) == 0 ? 300_000 : 300);
      default -> names.get(random.nextInt(names.size()));
    };
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private int pick(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Returns a key that is not the record's own: another's, none, or no name at all. */
  byte[] oddKey() {
    return random.nextInt(5) == 0 ? null : text().toString().getBytes(UTF_8);
  }

  private static GenericRecord read(byte[] bytes, Schema schema) {
    try {
      return new GenericDatumReader<GenericRecord>(schema, schema, RAW)
          .read(
              null, DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] write(byte[] sound, GenericRecord record, Schema schema) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(sound, 0, HEADER);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new GenericDatumWriter<GenericRecord>(schema, RAW).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
