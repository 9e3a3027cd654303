package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.expression.Scope;
import io.quantumtrader.connectors.redis.format.Format;
import io.quantumtrader.connectors.redis.format.JsonStyle;
import io.quantumtrader.connectors.redis.format.Rendered;
import java.util.Optional;

/** Where a field's content comes from. */
sealed interface FieldSource {

  /** Returns the content, or empty where it is null. */
  Optional<Rendered> render(Scope scope);

  /** The same in every record. */
  record Constant(Rendered content) implements FieldSource {
    @Override
    public Optional<Rendered> render(Scope scope) {
      return Optional.of(content);
    }
  }

  /** A value of the record in a format. */
  record Formatted(Expression expression, Format format) implements FieldSource {
    @Override
    public Optional<Rendered> render(Scope scope) {
      return Optional.ofNullable(expression.evaluate(scope)).map(format::render);
    }
  }

  /** A JSON object of fields. */
  record Nested(FieldList fields, JsonStyle style) implements FieldSource {
    @Override
    public Optional<Rendered> render(Scope scope) {
      return Optional.of(Rendered.bare(fields.json(scope, style)));
    }
  }
}
