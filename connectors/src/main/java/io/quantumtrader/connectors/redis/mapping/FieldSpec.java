package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.EvaluationException;
import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.expression.MissingFieldException;
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
 * @param optional left out where its content is null or missing
 * @param fallback content where it is null or missing
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
      Optional<Rendered> content = content(scope).or(() -> fallback);
      if (content.isEmpty() && !optional) {
        throw new EvaluationException("its value is null");
      }
      return quoted ? content.map(bare -> Rendered.quoted(bare.text())) : content;
    } catch (MissingFieldException missing) {
      throw missing.before("field '" + name + "': ");
    } catch (DataException problem) {
      throw new EvaluationException("field '" + name + "': " + problem.getMessage());
    }
  }

  /**
   * Who writes JSON leaves out what is not there: to be missing is to be null, where either may.
   */
  private Optional<Rendered> content(Scope scope) {
    try {
      return source.render(scope);
    } catch (MissingFieldException missing) {
      if (optional || fallback.isPresent()) {
        return Optional.empty();
      }
      throw missing;
    }
  }
}
