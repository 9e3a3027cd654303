package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.EvaluationException;
import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.expression.Scope;
import io.quantumtrader.connectors.redis.format.Rendered;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;

/**
 * One field to write.
 *
 * @param name its name in Redis
 * @param source its content
 * @param when condition without which it is left out
 * @param quoted in JSON always in quotes
 * @param optional left out where its content is null
 * @param fallback content where it is null
 */
record FieldSpec(
    String name,
    FieldSource source,
    Optional<Expression> when,
    boolean quoted,
    boolean optional,
    Optional<Rendered> fallback) {

  /**
   * Returns the content, or empty where the field is left out.
   *
   * @throws DataException if the record lacks what it needs; the message names the field
   */
  Optional<Rendered> render(Scope scope) {
    try {
      if (when.isPresent() && !when.get().holds(scope)) {
        return Optional.empty();
      }
      Optional<Rendered> content = source.render(scope).or(() -> fallback);
      if (content.isEmpty() && !optional) {
        throw new EvaluationException("its value is null");
      }
      return quoted ? content.map(bare -> Rendered.quoted(bare.text())) : content;
    } catch (DataException problem) {
      throw new EvaluationException("field '" + name + "': " + problem.getMessage());
    }
  }
}
