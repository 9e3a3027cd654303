package io.quantumtrader.connectors.redis.expression;

import io.quantumtrader.connectors.redis.format.Formats;
import io.quantumtrader.connectors.redis.format.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * A value worked out from a record. Arithmetic is decimal; doubles take part as their shortest
 * decimal. A path through a null is null; a path to a field that does not exist is an error, except
 * inside {@code present} and {@code coalesce}.
 */
public sealed interface Expression {

  /**
   * Works the value out.
   *
   * @throws EvaluationException if the record lacks a field or a value has the wrong type
   */
  Object evaluate(Scope scope);

  /** Returns the expressions that this one is made of. */
  List<Expression> parts();

  /** Returns whether any path in it begins at this root. */
  default boolean reads(Root root) {
    return parts().stream().anyMatch(part -> part.reads(root));
  }

  /** A constant: text, number, truth value or null. */
  record Literal(Object value) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return value;
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** A field of the record: {@code value.fill.price}. */
  record Path(Root root, List<String> names) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      if (root == Root.HEADER) {
        return descend(scope.header(names.getFirst()), 1);
      }
      return descend(scope.root(root), 0);
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }

    @Override
    public boolean reads(Root other) {
      return root == other;
    }

    @Override
    public String toString() {
      return names.isEmpty() ? root.word() : root.word() + "." + String.join(".", names);
    }

    private Object descend(Object start, int from) {
      Object current = start;
      for (int i = from; i < names.size() && current != null; i++) {
        current = child(current, names.get(i));
      }
      return current;
    }

    private Object child(Object parent, String name) {
      if (parent instanceof Struct struct) {
        Field field = struct.schema().field(name);
        if (field == null) {
          throw new MissingFieldException(toString(), name);
        }
        return struct.get(field);
      }
      if (parent instanceof Map<?, ?> map) {
        if (!map.containsKey(name)) {
          throw new MissingFieldException(toString(), name);
        }
        return map.get(name);
      }
      throw new EvaluationException(
          "no field '" + name + "' in a " + parent.getClass().getSimpleName() + ": " + this);
    }
  }

  /** Truth turned round. */
  record Not(Expression operand) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return !truth(operand, scope);
    }

    @Override
    public List<Expression> parts() {
      return List.of(operand);
    }
  }

  /** A number with the other sign. */
  record Negation(Expression operand) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object value = operand.evaluate(scope);
      return value == null ? null : Numbers.decimal(value).negate();
    }

    @Override
    public List<Expression> parts() {
      return List.of(operand);
    }
  }

  /** Both, the second looked at only where the first does not decide. */
  record Logic(boolean conjunction, Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      boolean first = truth(left, scope);
      return first == conjunction ? (Object) truth(right, scope) : (Object) first;
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** Two values compared. */
  record Comparison(String operator, Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object first = left.evaluate(scope);
      Object second = right.evaluate(scope);
      return switch (operator) {
        case "==" -> same(first, second);
        case "!=" -> !same(first, second);
        default -> ordered(Numbers.decimal(first).compareTo(Numbers.decimal(second)));
      };
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }

    private boolean ordered(int order) {
      return switch (operator) {
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        case ">=" -> order >= 0;
        default -> throw new IllegalStateException(operator);
      };
    }
  }

  /** Whether a value is one of several. */
  record In(Expression operand, List<Expression> choices) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object value = operand.evaluate(scope);
      return choices.stream().anyMatch(choice -> same(value, choice.evaluate(scope)));
    }

    @Override
    public List<Expression> parts() {
      List<Expression> parts = new ArrayList<>(choices);
      parts.add(operand);
      return parts;
    }
  }

  /** Sum, difference, product or quotient; null if a side is null. {@code +} also joins text. */
  record Arithmetic(char operator, Expression left, Expression right) implements Expression {

    private static final MathContext PRECISION = new MathContext(60);

    @Override
    public Object evaluate(Scope scope) {
      Object first = left.evaluate(scope);
      Object second = right.evaluate(scope);
      if (first == null || second == null) {
        return null;
      }
      if (operator == '+' && (first instanceof String || second instanceof String)) {
        return Formats.text(first) + Formats.text(second);
      }
      return calculate(Numbers.decimal(first), Numbers.decimal(second));
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }

    private BigDecimal calculate(BigDecimal first, BigDecimal second) {
      return switch (operator) {
        case '+' -> first.add(second);
        case '-' -> first.subtract(second);
        case '*' -> first.multiply(second, PRECISION);
        case '/' -> divide(first, second);
        default -> throw new IllegalStateException(String.valueOf(operator));
      };
    }

    private static BigDecimal divide(BigDecimal first, BigDecimal second) {
      if (second.signum() == 0) {
        throw new EvaluationException("division by zero");
      }
      return first.divide(second, PRECISION);
    }
  }

  /** A function applied to arguments. */
  record Call(Function function, List<Expression> arguments) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return function.apply(arguments, scope);
    }

    @Override
    public List<Expression> parts() {
      return arguments;
    }
  }

  /** Works out a condition. */
  static boolean truth(Expression condition, Scope scope) {
    Object value = condition.evaluate(scope);
    if (value instanceof Boolean truth) {
      return truth;
    }
    String got = value == null ? "null" : "a " + value.getClass().getSimpleName();
    throw new EvaluationException("expected true or false, got " + got);
  }

  private static boolean same(Object first, Object second) {
    if (Numbers.isNumber(first) && Numbers.isNumber(second)) {
      return Numbers.decimal(first).compareTo(Numbers.decimal(second)) == 0;
    }
    return Objects.equals(first, second);
  }
}
