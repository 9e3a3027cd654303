package io.quantumtrader.connectors.redis.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.expression.ExpressionSyntaxException;
import io.quantumtrader.connectors.redis.expression.Template;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names that expressions of a mapping may use, and the reading of expressions with them. */
final class Vocabulary {

  private final Map<String, Expression> definitions;

  private Vocabulary(Map<String, Expression> definitions) {
    this.definitions = definitions;
  }

  static Vocabulary empty() {
    return new Vocabulary(Map.of());
  }

  /** Adds the definitions of an object; each may use those before it. */
  Vocabulary with(Map<String, JsonNodeReader.Item> added) {
    Vocabulary extended = new Vocabulary(new LinkedHashMap<>(definitions));
    added.forEach(
        (name, item) -> {
          if (!Expression.isDefinable(name)) {
            throw new MappingException(item.path(), "'" + name + "' cannot be defined");
          }
          extended.definitions.put(name, extended.expression(item.path(), item.node()));
        });
    return extended;
  }

  /** Reads an expression; a number is a constant. */
  Expression expression(String path, JsonNode node) {
    String source = node.isNumber() ? node.asText() : JsonNodeReader.asText(path, node);
    try {
      return Expression.parse(source, definitions);
    } catch (ExpressionSyntaxException unreadable) {
      throw new MappingException(path, unreadable.getMessage());
    }
  }

  Template template(String path, String source) {
    try {
      return Template.parse(source, definitions);
    } catch (ExpressionSyntaxException unreadable) {
      throw new MappingException(path, unreadable.getMessage());
    }
  }
}
