package io.quantumtrader.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The schema as it is published. Generated classes carry a property for the Java string type, which
 * says nothing about the bytes and would make the registered schema depend on a code generator.
 */
public final class ContractSchema {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What was made before: each serializer asks for the same few. */
  private static final Map<Schema, Schema> MADE = Collections.synchronizedMap(new WeakHashMap<>());

  private ContractSchema() {}

  /** Returns the schema without what only matters to Java. */
  public static Schema of(Schema generated) {
    return MADE.computeIfAbsent(generated, ContractSchema::made);
  }

  private static Schema made(Schema generated) {
    try {
      JsonNode clean = clean(JSON.readTree(generated.toString()));
      return new Schema.Parser().parse(JSON.writeValueAsString(clean));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(
          "Avro wrote a schema that is not JSON: " + generated.getFullName(), impossible);
    }
  }

  private static JsonNode clean(JsonNode node) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, clean(array.get(i)));
      }
    }
    if (node instanceof ObjectNode object) {
      boolean annotated = object.remove(GenericData.STRING_PROP) != null;
      if (annotated && object.size() == 1 && object.path("type").isTextual()) {
        return object.get("type");
      }
      object.properties().forEach(property -> property.setValue(clean(property.getValue())));
    }
    return node;
  }
}
