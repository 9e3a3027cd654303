package io.quantumtrader.console.tap;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads a record out of the JSON that {@link RecordJson} writes. A field that is not there has its
 * default: a dump may be of an older version.
 */
public final class JsonRecord {

  private JsonRecord() {}

  /**
   * Returns the record.
   *
   * @throws IllegalArgumentException where the JSON is no record of this schema
   */
  public static SpecificRecord of(JsonNode json, Schema schema) {
    try {
      return (SpecificRecord) record(json, schema);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "no record of " + schema.getFullName() + ": " + e.getMessage(), e);
    }
  }

  private static Object record(JsonNode json, Schema schema) {
    SpecificRecord made = (SpecificRecord) SpecificData.get().newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = json.get(field.name());
      made.put(
          field.pos(),
          value == null ? SpecificData.get().getDefaultValue(field) : value(value, field.schema()));
    }
    return made;
  }

  private static Object value(JsonNode json, Schema schema) {
    return switch (schema.getType()) {
      case UNION -> union(json, schema);
      case RECORD -> record(json, schema);
      case ENUM -> SpecificData.get().createEnum(json.asText(), schema);
      case ARRAY -> list(json, schema.getElementType());
      case MAP -> map(json, schema.getValueType());
      case BYTES -> decimal(json, schema);
      case INT -> json.intValue();
      case LONG -> json.longValue();
      case DOUBLE -> json.isTextual() ? Double.valueOf(json.textValue()) : json.doubleValue();
      case BOOLEAN -> json.booleanValue();
      case STRING -> json.asText();
      default -> throw new IllegalArgumentException("no field has the type " + schema.getType());
    };
  }

  /** Every union of the contracts is null or one type. */
  private static Object union(JsonNode json, Schema schema) {
    if (json.isNull()) {
      return null;
    }
    return schema.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .map(type -> value(json, type))
        .orElse(null);
  }

  private static List<Object> list(JsonNode json, Schema element) {
    List<Object> list = new ArrayList<>();
    json.forEach(each -> list.add(value(each, element)));
    return list;
  }

  private static Map<String, Object> map(JsonNode json, Schema element) {
    Map<String, Object> map = new LinkedHashMap<>();
    json.properties().forEach(each -> map.put(each.getKey(), value(each.getValue(), element)));
    return map;
  }

  private static BigDecimal decimal(JsonNode json, Schema schema) {
    int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
    return new BigDecimal(json.asText()).setScale(scale, RoundingMode.UNNECESSARY);
  }
}
