package io.quantumtrader.connectors.redis.expression;

import io.quantumtrader.connectors.redis.format.Formats;
import io.quantumtrader.connectors.redis.format.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.kafka.connect.errors.DataException;

/**
 * What JEXL's operators do: numbers are decimals, doubles their shortest decimal; a sum with a null
 * is null; nothing is taken for a number, a truth value or a list that is none.
 */
final class DecimalArithmetic extends JexlArithmetic {

  private static final MathContext PRECISION = new MathContext(60);

  DecimalArithmetic() {
    super(false, PRECISION, -1);
  }

  static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new DataException("expected true or false, got " + type(value));
  }

  static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    if (value instanceof Object[] literal) {
      return Arrays.asList(literal);
    }
    throw new DataException("expected a list, got " + type(value));
  }

  @Override
  protected JexlArithmetic createWithOptions(boolean strict, MathContext context, int scale) {
    return this;
  }

  @Override
  public Object add(Object left, Object right) {
    return left != null && right != null && (left instanceof String || right instanceof String)
        ? Formats.text(left) + Formats.text(right)
        : calculate(left, right, BigDecimal::add);
  }

  @Override
  public Object subtract(Object left, Object right) {
    return calculate(left, right, BigDecimal::subtract);
  }

  @Override
  public Object multiply(Object left, Object right) {
    return calculate(left, right, (first, second) -> first.multiply(second, PRECISION));
  }

  @Override
  public Object divide(Object left, Object right) {
    return calculate(left, right, DecimalArithmetic::quotient);
  }

  @Override
  public Object negate(Object value) {
    return value == null ? null : Numbers.decimal(value).negate();
  }

  @Override
  public Object not(Object value) {
    return !truth(value);
  }

  @Override
  public boolean toBoolean(Object value) {
    return truth(value);
  }

  @Override
  public boolean testPredicate(Object value) {
    return truth(value);
  }

  @Override
  public boolean equals(Object left, Object right) {
    return (Numbers.isNumber(left) && Numbers.isNumber(right))
        ? order(left, right) == 0
        : Objects.equals(left, right);
  }

  @Override
  public boolean lessThan(Object left, Object right) {
    return order(left, right) < 0;
  }

  @Override
  public boolean lessThanOrEqual(Object left, Object right) {
    return order(left, right) <= 0;
  }

  @Override
  public boolean greaterThan(Object left, Object right) {
    return order(left, right) > 0;
  }

  @Override
  public boolean greaterThanOrEqual(Object left, Object right) {
    return order(left, right) >= 0;
  }

  @Override
  public Boolean contains(Object choices, Object value) {
    return list(choices).stream().anyMatch(choice -> equals(value, choice));
  }

  @Override
  public Boolean isEmpty(Object value, Boolean otherwise) {
    return switch (value) {
      case null -> true;
      case String text -> text.isEmpty();
      case List<?> list -> list.isEmpty();
      default -> false;
    };
  }

  @Override
  public Integer size(Object value, Integer otherwise) {
    return list(value).size();
  }

  private static int order(Object left, Object right) {
    return Numbers.decimal(left).compareTo(Numbers.decimal(right));
  }

  private static Object calculate(Object left, Object right, BinaryOperator<BigDecimal> operator) {
    return left == null || right == null
        ? null
        : operator.apply(Numbers.decimal(left), Numbers.decimal(right));
  }

  private static BigDecimal quotient(BigDecimal left, BigDecimal right) {
    if (right.signum() == 0) {
      throw new DataException("division by zero");
    }
    return left.divide(right, PRECISION);
  }

  private static String type(Object value) {
    return value == null ? "null" : "a " + value.getClass().getSimpleName();
  }
}
