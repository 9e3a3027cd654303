package io.quantumtrader.schemas.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.schemas.avro.Policy;
import org.apache.avro.Schema;

/** Every threshold with its unit and default, as {@code docs/policy.md}. */
public final class PolicyPage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicyPage() {}

  /** Returns the page as it should be. */
  public static GeneratedPage page() {
    Schema schema = Policy.getClassSchema();
    StringBuilder text = new StringBuilder();
    text.append(schema.getDoc())
        .append("\n\n| field | type | default | meaning |\n|---|---|---|---|\n");
    for (Schema.Field field : schema.getFields()) {
      text.append("| `")
          .append(field.name())
          .append("` | ")
          .append(type(field.schema()))
          .append(" | `")
          .append(json(field.defaultVal()))
          .append("` | ")
          .append(GeneratedPage.cell(field.doc()))
          .append(" |\n");
    }
    return new GeneratedPage("policy.md", "Policy", text.toString());
  }

  private static String type(Schema schema) {
    return schema.getType() == Schema.Type.ARRAY
        ? "list of " + type(schema.getElementType())
        : schema.getType().getName();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a default is not JSON: " + value, impossible);
    }
  }
}
