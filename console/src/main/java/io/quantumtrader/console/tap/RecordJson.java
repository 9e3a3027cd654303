package io.quantumtrader.console.tap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro records as JSON for people and scripts: fields in schema order, decimals as plain text
 * without trailing zeros (so that no reader makes doubles of them), enums by name, numbers that are
 * not finite as text.
 */
public final class RecordJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RecordJson() {}

  /** Returns the record as a JSON object. */
  public static ObjectNode of(IndexedRecord record) {
    ObjectNode node = NODES.objectNode();
    for (Field field : record.getSchema().getFields()) {
      node.set(field.name(), valueOf(record.get(field.pos())));
    }
    return node;
  }

  /** Returns a decimal as plain text without trailing zeros. */
  public static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static JsonNode valueOf(Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case IndexedRecord record -> of(record);
      case BigDecimal number -> NODES.textNode(plain(number));
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Double number -> real(number);
      case Boolean flag -> NODES.booleanNode(flag);
      case Collection<?> items -> array(items);
      case Map<?, ?> entries -> object(entries);
      default -> NODES.textNode(value.toString());
    };
  }

  private static JsonNode real(double number) {
    return Double.isFinite(number)
        ? NODES.numberNode(number)
        : NODES.textNode(Double.toString(number));
  }

  private static ArrayNode array(Collection<?> items) {
    ArrayNode node = NODES.arrayNode();
    items.forEach(item -> node.add(valueOf(item)));
    return node;
  }

  private static ObjectNode object(Map<?, ?> entries) {
    ObjectNode node = NODES.objectNode();
    entries.forEach((key, value) -> node.set(key.toString(), valueOf(value)));
    return node;
  }
}
