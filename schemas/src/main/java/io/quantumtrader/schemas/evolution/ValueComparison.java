package io.quantumtrader.schemas.evolution;

import io.quantumtrader.schemas.evolution.RoundTrip.Difference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** Compares a value with what another schema made of its bytes, by meaning: 1.50 is 1.5. */
final class ValueComparison {

  private static final int LONGEST_SHOWN = 120;

  private final List<Difference> found;

  ValueComparison(List<Difference> found) {
    this.found = found;
  }

  void compare(String path, Schema reader, Object read, Schema writer, Object written) {
    Schema asWritten = branchOf(writer, written);
    Schema asRead = branchOf(reader, read);
    if (asWritten.getType() == Schema.Type.RECORD && asRead.getType() == Schema.Type.RECORD) {
      compareRecords(path, asRead, (IndexedRecord) read, asWritten, (IndexedRecord) written);
    } else if (asWritten.getType() == Schema.Type.ARRAY && asRead.getType() == Schema.Type.ARRAY) {
      compareLists(path, asRead, (List<?>) read, asWritten, (List<?>) written);
    } else if (asWritten.getType() == Schema.Type.MAP && asRead.getType() == Schema.Type.MAP) {
      compareMaps(path, asRead, (Map<?, ?>) read, asWritten, (Map<?, ?>) written);
    } else if (!isUnknownSymbol(asRead, read, written)
        && !areSameBytes(asRead, read, asWritten, written)
        && !Objects.equals(meaning(asRead, read), meaning(asWritten, written))) {
      add(path, meaning(asWritten, written) + " is read as " + meaning(asRead, read));
    }
  }

  private void compareRecords(
      String path, Schema reader, IndexedRecord read, Schema writer, IndexedRecord written) {
    for (Schema.Field field : reader.getFields()) {
      Schema.Field counterpart = writer.getField(field.name());
      for (String alias : field.aliases()) {
        counterpart = counterpart == null ? writer.getField(alias) : counterpart;
      }
      if (counterpart != null) {
        compare(
            path + "." + field.name(),
            field.schema(),
            read.get(field.pos()),
            counterpart.schema(),
            written.get(counterpart.pos()));
      }
    }
  }

  private void compareLists(
      String path, Schema reader, List<?> read, Schema writer, List<?> written) {
    if (read.size() != written.size()) {
      add(path, written.size() + " elements are read as " + read.size());
      return;
    }
    for (int i = 0; i < read.size(); i++) {
      compare(
          path + "[]",
          reader.getElementType(),
          read.get(i),
          writer.getElementType(),
          written.get(i));
    }
  }

  private void compareMaps(
      String path, Schema reader, Map<?, ?> read, Schema writer, Map<?, ?> written) {
    if (read.size() != written.size()) {
      add(path, written.size() + " entries are read as " + read.size());
      return;
    }
    read.forEach(
        (key, value) ->
            compare(
                path + "{}",
                reader.getValueType(),
                value,
                writer.getValueType(),
                written.get(key.toString())));
  }

  private static Schema branchOf(Schema schema, Object value) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().get(GenericData.get().resolveUnion(schema, value))
        : schema;
  }

  /** By convention the default represents a symbol that the reader does not know. */
  private static boolean isUnknownSymbol(Schema reader, Object read, Object written) {
    return reader.getType() == Schema.Type.ENUM
        && !reader.hasEnumSymbol(written.toString())
        && read.toString().equals(reader.getEnumDefault());
  }

  /** A decimal that Avro ignores is the same bytes, and by its declaration the same number. */
  private static boolean areSameBytes(Schema reader, Object read, Schema writer, Object written) {
    return read instanceof ByteBuffer one
        && written instanceof ByteBuffer other
        && DeclaredLogicalType.of(reader).equals(DeclaredLogicalType.of(writer))
        && one.equals(other);
  }

  private static Object meaning(Schema schema, Object value) {
    if (value == null) {
      return "null";
    }
    return switch (schema.getType()) {
      case INT, LONG -> number(new BigDecimal(value.toString()));
      case FLOAT -> number(new BigDecimal((double) (float) value));
      case DOUBLE -> number(new BigDecimal((double) value));
      case BYTES -> content(schema, bytes((ByteBuffer) value));
      case FIXED -> content(schema, ((GenericFixed) value).bytes());
      case STRING -> text(value.toString().getBytes(StandardCharsets.UTF_8));
      default -> value.toString();
    };
  }

  private static Object content(Schema schema, byte[] bytes) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && bytes.length > 0
        ? number(new BigDecimal(new BigInteger(bytes), decimal.getScale()))
        : text(bytes);
  }

  private static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
  }

  private static String text(byte[] bytes) {
    return "bytes " + Arrays.toString(bytes);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private void add(String path, String example) {
    if (found.stream().noneMatch(difference -> difference.path().equals(path))) {
      found.add(new Difference(path, "for example " + shortened(example)));
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
