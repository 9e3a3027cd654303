package io.quantumtrader.schemas.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.schemas.evolution.LogicalTypeRule;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** Every subject and every field with its meaning, as {@code docs/schemas.md}. */
public final class SchemasPage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemasPage() {}

  /** Returns the page as it should be for these subjects. */
  public static GeneratedPage page(Map<String, Schema> subjects) {
    Map<String, Schema> types = new TreeMap<>();
    StringBuilder text = new StringBuilder("| subject | schema |\n|---|---|\n");
    new TreeMap<>(subjects)
        .forEach(
            (subject, schema) -> {
              collect(schema, types);
              text.append("| `").append(subject).append("` | ").append(type(schema)).append(" |\n");
            });
    types.forEach((name, schema) -> append(schema, text));
    return new GeneratedPage("schemas.md", "Schemas", text.toString());
  }

  private static void append(Schema schema, StringBuilder text) {
    text.append("\n## ").append(schema.getName()).append("\n\n`").append(schema.getFullName());
    text.append("`, ").append(schema.getType().getName()).append(". ");
    text.append(schema.getDoc() == null ? "" : schema.getDoc()).append('\n');
    switch (schema.getType()) {
      case RECORD -> appendFields(schema, text);
      case ENUM -> {
        text.append("\nSymbols: `").append(String.join("`, `", schema.getEnumSymbols()));
        text.append("`; one that a reader does not know is read as `");
        text.append(schema.getEnumDefault()).append("`.\n");
      }
      default -> text.append("\n").append(schema.getFixedSize()).append(" bytes.\n");
    }
  }

  private static void appendFields(Schema schema, StringBuilder text) {
    text.append("\n| field | type | default | meaning |\n|---|---|---|---|\n");
    for (Schema.Field field : schema.getFields()) {
      text.append("| `").append(field.name()).append("` | ").append(type(field.schema()));
      text.append(" | ").append(field.hasDefaultValue() ? "`" + json(field) + "`" : "");
      text.append(" | ");
      text.append(field.doc() == null ? "" : GeneratedPage.cell(field.doc())).append(" |\n");
    }
  }

  private static String type(Schema schema) {
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream().map(SchemasPage::type).collect(Collectors.joining(" or "));
      case ARRAY -> "list of " + type(schema.getElementType());
      case MAP -> "map of " + type(schema.getValueType());
      case RECORD, ENUM, FIXED ->
          "["
              + schema.getName()
              + "](#"
              + schema.getName().toLowerCase(java.util.Locale.ROOT)
              + ")";
      default ->
          schema.getLogicalType() == null
              ? schema.getType().getName()
              : LogicalTypeRule.text(schema);
    };
  }

  private static String json(Schema.Field field) {
    Object value = field.defaultVal();
    try {
      return value == JsonProperties.NULL_VALUE ? "null" : JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a default is not JSON: " + value, impossible);
    }
  }

  private static void collect(Schema schema, Map<String, Schema> types) {
    switch (schema.getType()) {
      case RECORD -> {
        if (types.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), types));
        }
      }
      case ENUM, FIXED -> types.putIfAbsent(schema.getFullName(), schema);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, types));
      case ARRAY -> collect(schema.getElementType(), types);
      case MAP -> collect(schema.getValueType(), types);
      default -> {}
    }
  }
}
