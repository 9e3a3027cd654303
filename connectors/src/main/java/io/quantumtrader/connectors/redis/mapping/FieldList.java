package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.Scope;
import io.quantumtrader.connectors.redis.format.JsonStyle;
import io.quantumtrader.connectors.redis.format.JsonText;
import io.quantumtrader.connectors.redis.format.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fields in the order they are written.
 *
 * @param fields at least one
 */
record FieldList(List<FieldSpec> fields) {

  FieldList {
    fields = List.copyOf(fields);
  }

  /** Returns names and contents in turn, as HSET and XADD take them. */
  List<String> pairs(Scope scope) {
    List<String> pairs = new ArrayList<>(2 * fields.size());
    for (FieldSpec field : fields) {
      Optional<Rendered> content = field.render(scope);
      if (content.isPresent()) {
        pairs.add(field.name());
        pairs.add(content.get().text());
      }
    }
    return pairs;
  }

  /** Returns a JSON object of the fields. */
  String json(Scope scope, JsonStyle style) {
    StringBuilder text = new StringBuilder(128).append('{');
    String separator = "";
    for (FieldSpec field : fields) {
      Optional<Rendered> content = field.render(scope);
      if (content.isPresent()) {
        text.append(separator);
        JsonText.appendString(text, field.name(), style);
        text.append(style.nameSeparator());
        append(text, content.get(), style);
        separator = style.itemSeparator();
      }
    }
    return text.append('}').toString();
  }

  private static void append(StringBuilder text, Rendered content, JsonStyle style) {
    if (content.bare()) {
      text.append(content.text());
    } else {
      JsonText.appendString(text, content.text(), style);
    }
  }
}
