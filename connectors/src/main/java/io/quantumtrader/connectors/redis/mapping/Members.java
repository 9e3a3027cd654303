package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.EvaluationException;
import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.expression.Scope;
import io.quantumtrader.connectors.redis.format.Formats;
import io.quantumtrader.connectors.redis.format.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What goes into a set or a list, as the arguments of the command that adds it. */
sealed interface Members {

  /** Returns the arguments after the key; none where there is nothing to add. */
  List<String> arguments(Scope scope);

  /** One value, or each item of a list. */
  record Values(Expression values) implements Members {
    @Override
    public List<String> arguments(Scope scope) {
      Object value = values.evaluate(scope);
      return value instanceof List<?> list
          ? list.stream().map(Formats::text).toList()
          : List.of(Formats.text(value));
    }
  }

  /** One value in a format, a constant, or a JSON object. */
  record Content(FieldSource source) implements Members {
    @Override
    public List<String> arguments(Scope scope) {
      return source
          .render(scope)
          .map(content -> List.of(content.text()))
          .orElseThrow(() -> new EvaluationException("its value is null"));
    }
  }

  /** One member with its score. */
  record Scored(Expression member, Expression score) implements Members {
    @Override
    public List<String> arguments(Scope scope) {
      return List.of(scoreText(score.evaluate(scope)), Formats.text(member.evaluate(scope)));
    }
  }

  /** The names of a map, each with its value as score. */
  record ScoreMap(Expression scores) implements Members {
    @Override
    public List<String> arguments(Scope scope) {
      Object value = scores.evaluate(scope);
      if (!(value instanceof Map<?, ?> map)) {
        String got = value == null ? "null" : "a " + value.getClass().getSimpleName();
        throw new EvaluationException("expected a map from members to scores, got " + got);
      }
      List<String> arguments = new ArrayList<>(2 * map.size());
      map.forEach(
          (member, score) -> {
            arguments.add(scoreText(score));
            arguments.add(Formats.text(member));
          });
      return arguments;
    }
  }

  private static String scoreText(Object score) {
    return Numbers.plain(Numbers.decimal(score));
  }
}
