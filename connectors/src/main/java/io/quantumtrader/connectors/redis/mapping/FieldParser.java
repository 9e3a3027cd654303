package io.quantumtrader.connectors.redis.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.connectors.redis.format.Format;
import io.quantumtrader.connectors.redis.format.Formats;
import io.quantumtrader.connectors.redis.format.JsonStyle;
import io.quantumtrader.connectors.redis.format.Rendered;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads field lists. */
final class FieldParser {

  private final Vocabulary vocabulary;
  private final Map<String, FieldList> shared;

  /**
   * Creates it.
   *
   * @param shared lists that may be named in place of being written out
   */
  FieldParser(Vocabulary vocabulary, Map<String, FieldList> shared) {
    this.vocabulary = vocabulary;
    this.shared = shared;
  }

  /** Reads the list under this name, or the shared list that a text there names. */
  FieldList list(JsonNodeReader owner, String name) {
    JsonNode node = owner.required(name);
    if (node.isTextual()) {
      FieldList list = shared.get(node.textValue());
      if (list == null) {
        throw owner.problem(name, "unknown shared fields '" + node.textValue() + "'");
      }
      return list;
    }
    return list(owner.path(name), node);
  }

  FieldList list(String path, JsonNode node) {
    List<FieldSpec> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNodeReader.Item item : JsonNodeReader.items(path, node)) {
      FieldSpec field = field(item.reader());
      if (field.when().isEmpty() && !names.add(field.name())) {
        throw new MappingException(item.path(), "'" + field.name() + "' appears twice");
      }
      fields.add(field);
    }
    return new FieldList(fields);
  }

  private FieldSpec field(JsonNodeReader reader) {
    String name = reader.text("name");
    FieldSource source = source(reader);
    FieldSpec field =
        new FieldSpec(
            name,
            source,
            reader.optional("when").map(w -> vocabulary.expression(reader.path("when"), w)),
            reader.truth("quoted", false),
            reader.truth("optional", false),
            reader.optional("default").map(value -> constant(reader.path("default"), value)));
    reader.rejectUnknown();
    return field;
  }

  /** Reads what a field, or a SET, holds: exactly one of constant, object and value. */
  FieldSource source(JsonNodeReader reader) {
    List<String> given =
        List.of("value", "constant", "object").stream().filter(reader::has).toList();
    if (given.size() != 1) {
      throw reader.problem("value", "exactly one of value, constant and object is required");
    }
    return switch (given.getFirst()) {
      case "constant" ->
          new FieldSource.Constant(constant(reader.path("constant"), reader.required("constant")));
      case "object" ->
          new FieldSource.Nested(
              list(reader.path("object"), reader.required("object")), style(reader));
      default ->
          new FieldSource.Formatted(
              vocabulary.expression(reader.path("value"), reader.required("value")),
              format(reader));
    };
  }

  JsonStyle style(JsonNodeReader reader) {
    Optional<String> name = reader.optionalText("style");
    if (name.isEmpty()) {
      return JsonStyle.PYTHON;
    }
    return JsonStyle.named(name.get())
        .orElseThrow(() -> reader.problem("style", "expected python or compact"));
  }

  private static Format format(JsonNodeReader reader) {
    String name = reader.optionalText("format").orElse(Formats.DEFAULT);
    return Formats.named(name)
        .orElseThrow(
            () ->
                reader.problem(
                    "format", "unknown format '" + name + "' (known: " + Formats.names() + ")"));
  }

  private static Rendered constant(String path, JsonNode value) {
    if (value.isTextual()) {
      return Rendered.quoted(value.textValue());
    }
    if (value.isNumber() || value.isBoolean() || value.isNull()) {
      return Rendered.bare(value.toString());
    }
    throw new MappingException(path, "expected a text, a number, true, false or null");
  }
}
