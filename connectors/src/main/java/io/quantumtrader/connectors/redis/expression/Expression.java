package io.quantumtrader.connectors.redis.expression;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlScript;
import org.apache.kafka.connect.errors.DataException;

/**
 * A value worked out from a record. A path through a null is null; a path to a field that does not
 * exist is an error, except behind {@code ?.} and before {@code ??}.
 */
public final class Expression {

  private final JexlScript script;
  private final Map<String, Expression> definitions;

  private Expression(JexlScript script, Map<String, Expression> definitions) {
    this.script = script;
    this.definitions = Map.copyOf(definitions);
  }

  /**
   * Reads an expression.
   *
   * @param source its text
   * @param definitions named expressions it may use
   * @throws ExpressionSyntaxException if it cannot be read, or uses a name that is not known
   */
  public static Expression parse(String source, Map<String, Expression> definitions) {
    Expression expression = new Expression(Language.read(source), definitions);
    for (List<String> path : expression.script.getVariables()) {
      String name = path.getFirst();
      if (!definitions.containsKey(name) && Root.named(name).isEmpty()) {
        throw new ExpressionSyntaxException(
            "unknown name '"
                + name
                + "'; a path begins at key, value, header, topic, partition, offset or timestamp,"
                + " text stands in single quotes, a field with other signs in brackets, as in"
                + " value['user-id']: \""
                + source
                + '"');
      }
    }
    return expression;
  }

  /** Returns whether a name can be defined: a word that is no root, function or keyword. */
  public static boolean isDefinable(String name) {
    return Root.named(name).isEmpty() && !Functions.takes(name) && Language.isWord(name);
  }

  /**
   * Works the value out.
   *
   * @throws MissingFieldException if the record lacks a field
   * @throws EvaluationException if a value has the wrong type
   */
  public Object evaluate(Scope scope) {
    try {
      return script.execute(scope.with(definitions));
    } catch (JexlException problem) {
      throw problem.getCause() instanceof DataException cause
          ? placed(cause)
          : placed(new DataException(Language.message(problem)));
    } catch (DataException problem) {
      throw placed(problem);
    }
  }

  /**
   * Works out a condition.
   *
   * @throws EvaluationException as above, and if the value is neither true nor false
   */
  public boolean holds(Scope scope) {
    try {
      return DecimalArithmetic.truth(evaluate(scope));
    } catch (DataException problem) {
      throw placed(problem);
    }
  }

  /** Returns whether any path in it begins at this root. */
  public boolean reads(Root root) {
    Stream<String> names = script.getVariables().stream().map(List::getFirst);
    return names.anyMatch(
        name ->
            definitions.containsKey(name)
                ? definitions.get(name).reads(root)
                : name.equals(root.word()));
  }

  /** What an inner expression said has its place already. */
  private EvaluationException placed(DataException problem) {
    return switch (problem) {
      case MissingFieldException missing -> missing.in(script.getSourceText());
      case EvaluationException told -> told;
      default -> new EvaluationException(problem.getMessage() + " in " + script.getSourceText());
    };
  }
}
