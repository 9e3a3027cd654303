package io.quantumtrader.schemas.bounds;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds in a record what cannot be written, or not be carried on. Bytes can say more than a schema
 * allows: Avro reads a decimal of any length, but writes none beyond its precision; and a text of a
 * megabyte can be read, but what is made of it fits into no record. A record that could never be
 * written, however often it is tried, must not be decided on.
 */
public final class RecordBounds {

  /** Most characters of one text. */
  public static final int MAX_TEXT = 16 * 1024;

  /** Most bytes of a record as it is written; a producer takes a mebibyte. */
  public static final int MAX_BYTES = 512 * 1024;

  private static final int SCALE = 18;
  private static final int SAFE_BITS = 126;
  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(20);

  private int bytes;

  private RecordBounds() {}

  /** Returns what cannot be written of the record, in words, or empty where it can be written. */
  public static Optional<String> flaw(SpecificRecord record) {
    RecordBounds walk = new RecordBounds();
    String flaw = walk.record(record);
    if (flaw != null) {
      return Optional.of(record.getSchema().getName() + "." + flaw);
    }
    return Optional.empty();
  }

  /** Returns whether the value can be written as {@code decimal(38,18)}. */
  public static boolean fits(BigDecimal value) {
    if (value.scale() == SCALE && value.unscaledValue().bitLength() <= SAFE_BITS) {
      return true;
    }
    return value.precision() - value.scale() <= 20
        && value.abs().compareTo(LIMIT) < 0
        && (value.scale() <= SCALE || value.stripTrailingZeros().scale() <= SCALE);
  }

  private String record(SpecificRecord record) {
    List<Schema.Field> fields = record.getSchema().getFields();
    for (int i = 0; i < fields.size(); i++) {
      String flaw = value(record.get(i), fields.get(i).schema());
      if (flaw != null) {
        return fields.get(i).name() + flaw;
      }
    }
    return null;
  }

  private String value(Object value, Schema schema) {
    String flaw =
        switch (value) {
          case null -> schema.isNullable() ? null : " is missing";
          case BigDecimal decimal -> fits(decimal) ? null : " is out of range";
          case CharSequence text -> text(text);
          case SpecificRecord nested -> nested(nested);
          case Collection<?> items -> items(items, schema);
          case ByteBuffer raw -> count(raw.remaining());
          default -> count(Long.BYTES);
        };
    return flaw == null && bytes > MAX_BYTES ? " makes the record too large" : flaw;
  }

  private String nested(SpecificRecord record) {
    String flaw = record(record);
    return flaw == null ? null : "." + flaw;
  }

  private String text(CharSequence text) {
    // Three bytes are the most that one char can take in UTF-8.
    count(3L * text.length() + Integer.BYTES);
    return text.length() <= MAX_TEXT ? null : " has " + text.length() + " characters";
  }

  private String items(Collection<?> items, Schema schema) {
    Schema element = schema.getType() == Schema.Type.ARRAY ? schema.getElementType() : schema;
    int index = 0;
    for (Object item : items) {
      String flaw = value(item, element);
      if (flaw != null) {
        return "[" + index + "]" + flaw;
      }
      index++;
    }
    return null;
  }

  private String count(long more) {
    bytes = (int) Math.min(Integer.MAX_VALUE, bytes + more);
    return null;
  }
}
