package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.EvaluationException;
import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.expression.Scope;
import io.quantumtrader.connectors.redis.format.Formats;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a stream is kept short.
 *
 * @param maxLength entries to keep
 * @param minId oldest entry id to keep; not together with maxLength
 * @param exact false lets Redis trim when it is cheap, as client libraries do by default
 */
record StreamTrim(OptionalLong maxLength, Optional<Expression> minId, boolean exact) {

  void append(Scope scope, List<String> arguments) {
    if (maxLength.isPresent()) {
      add(arguments, "MAXLEN", Long.toString(maxLength.getAsLong()));
    } else if (minId.isPresent()) {
      Object id = minId.get().evaluate(scope);
      if (id == null) {
        throw new EvaluationException("its minid is null");
      }
      add(arguments, "MINID", Formats.text(id));
    }
  }

  private void add(List<String> arguments, String strategy, String threshold) {
    arguments.add(strategy);
    if (!exact) {
      arguments.add("~");
    }
    arguments.add(threshold);
  }
}
