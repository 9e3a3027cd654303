package io.quantumtrader.schemas.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Holds a default, as it is written, to the type of its field: strictly, as every release of Avro
 * takes it. For a union that is a value of the first branch, in defaults of records, arrays and
 * maps too; Avro 1.12 would take any branch, and 1.11 refuses to load such a schema.
 */
final class DefaultMismatch {

  private static final int LONGEST_SHOWN = 60;

  /** The last code point that stands for a byte. */
  private static final int LAST_BYTE = 255;

  private DefaultMismatch() {}

  /** Returns why a default is not a value of a type, in words; empty where it is one. */
  static Optional<String> of(JsonNode value, Schema type) {
    return switch (type.getType()) {
      case UNION -> ofUnion(value, type);
      case RECORD -> ofRecord(value, type);
      case ARRAY -> value.isArray() ? ofElements(value, type) : wrong(value, type);
      case MAP -> value.isObject() ? ofEntries(value, type) : wrong(value, type);
      case ENUM -> ofEnum(value, type);
      default -> fits(value, type) ? Optional.empty() : wrong(value, type);
    };
  }

  private static boolean fits(JsonNode value, Schema type) {
    return switch (type.getType()) {
      case NULL -> value.isNull();
      case BOOLEAN -> value.isBoolean();
      case INT -> value.isIntegralNumber() && value.canConvertToInt();
      case LONG -> value.isIntegralNumber() && value.canConvertToLong();
      // Avro writes the doubles that JSON has no number for as text.
      case FLOAT, DOUBLE ->
          value.isNumber() || (value.isTextual() && value.asText().matches("NaN|-?Infinity"));
      case STRING -> value.isTextual();
      case BYTES, FIXED ->
          value.isTextual() && value.asText().codePoints().allMatch(code -> code <= LAST_BYTE);
      default -> throw new IllegalArgumentException(type.getType() + " is not a single value");
    };
  }

  private static Optional<String> ofUnion(JsonNode value, Schema union) {
    Schema first = union.getTypes().getFirst();
    Optional<String> mismatch = of(value, first);
    if (mismatch.isEmpty()) {
      return mismatch;
    }
    boolean isOther = union.getTypes().stream().anyMatch(branch -> of(value, branch).isEmpty());
    return isOther
        ? Optional.of(
            shown(value)
                + " is "
                + kind(value)
                + ", and the first branch of the union is "
                + Types.text(first))
        : mismatch;
  }

  private static Optional<String> ofRecord(JsonNode value, Schema record) {
    if (!value.isObject()) {
      return wrong(value, record);
    }
    for (Schema.Field field : record.getFields()) {
      JsonNode given = value.get(field.name());
      if (given == null && !field.hasDefaultValue()) {
        return Optional.of(
            "it lacks the field " + field.name() + ", which has no default of its own");
      }
      if (given != null) {
        Optional<String> mismatch = of(given, field.schema());
        if (mismatch.isPresent()) {
          return mismatch.map(reason -> "in its field " + field.name() + ", " + reason);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofElements(JsonNode value, Schema array) {
    for (JsonNode element : value) {
      Optional<String> mismatch = of(element, array.getElementType());
      if (mismatch.isPresent()) {
        return mismatch.map(reason -> "in its elements, " + reason);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofEntries(JsonNode value, Schema map) {
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      Optional<String> mismatch = of(entry.getValue(), map.getValueType());
      if (mismatch.isPresent()) {
        return mismatch.map(reason -> "in its entry " + entry.getKey() + ", " + reason);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofEnum(JsonNode value, Schema type) {
    if (!value.isTextual()) {
      return wrong(value, type);
    }
    return type.hasEnumSymbol(value.asText())
        ? Optional.empty()
        : Optional.of(shown(value) + " is not a symbol of " + Types.text(type));
  }

  private static Optional<String> wrong(JsonNode value, Schema type) {
    return Optional.of(
        shown(value) + " is " + kind(value) + ", and the type is " + Types.text(type));
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> "null";
      case BOOLEAN -> "a boolean";
      case NUMBER -> number(value);
      case STRING -> "text";
      case ARRAY -> "a list";
      default -> "an object";
    };
  }

  private static String number(JsonNode value) {
    if (!value.isIntegralNumber()) {
      return "a number with a fraction";
    }
    if (value.canConvertToInt()) {
      return "a number";
    }
    return value.canConvertToLong() ? "a number beyond int" : "a number beyond long";
  }
}
