package io.quantumtrader.connectors.redis.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Renders values as JSON text: structs and maps in their own order, doubles as Python does. */
public final class JsonText {

  private JsonText() {}

  /**
   * Appends a value.
   *
   * @throws DataException if the value is of a type that has no JSON form, for example bytes
   */
  public static void append(StringBuilder out, Object value, JsonStyle style) {
    switch (value) {
      case null -> out.append("null");
      case String text -> appendString(out, text, style);
      case Boolean truth -> out.append(truth.booleanValue());
      case BigDecimal decimal -> out.append(Numbers.plain(decimal));
      case Double number -> out.append(PyFloat.json(number));
      case Float number -> out.append(PyFloat.json(number));
      case Long number -> out.append(number.longValue());
      case Integer number -> out.append(number.intValue());
      case Short number -> out.append(number.intValue());
      case Byte number -> out.append(number.intValue());
      case BigInteger number -> out.append(number);
      case List<?> items -> appendArray(out, items, style);
      case Map<?, ?> members -> appendObject(out, members, style);
      case Struct struct -> appendStruct(out, struct, style);
      default -> throw new DataException("no JSON form for a " + value.getClass().getSimpleName());
    }
  }

  /** Appends a string in quotes, escaped. */
  public static void appendString(StringBuilder out, String text, JsonStyle style) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      appendCharacter(out, text.charAt(i), style);
    }
    out.append('"');
  }

  private static void appendCharacter(StringBuilder out, char character, JsonStyle style) {
    switch (character) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        boolean beyondAscii = character > '~';
        if (character < ' ' || (beyondAscii && style.asciiOnly())) {
          appendEscape(out, character);
        } else {
          out.append(character);
        }
      }
    }
  }

  private static void appendEscape(StringBuilder out, char character) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((character >> shift) & 0xf, 16));
    }
  }

  private static void appendArray(StringBuilder out, List<?> items, JsonStyle style) {
    String separator = "";
    out.append('[');
    for (Object item : items) {
      out.append(separator);
      append(out, item, style);
      separator = style.itemSeparator();
    }
    out.append(']');
  }

  private static void appendObject(StringBuilder out, Map<?, ?> members, JsonStyle style) {
    String separator = "";
    out.append('{');
    for (Map.Entry<?, ?> member : members.entrySet()) {
      out.append(separator);
      appendMember(out, String.valueOf(member.getKey()), member.getValue(), style);
      separator = style.itemSeparator();
    }
    out.append('}');
  }

  private static void appendStruct(StringBuilder out, Struct struct, JsonStyle style) {
    String separator = "";
    out.append('{');
    for (Field field : struct.schema().fields()) {
      out.append(separator);
      appendMember(out, field.name(), struct.get(field), style);
      separator = style.itemSeparator();
    }
    out.append('}');
  }

  private static void appendMember(StringBuilder out, String name, Object value, JsonStyle style) {
    appendString(out, name, style);
    out.append(style.nameSeparator());
    append(out, value, style);
  }
}
