package io.quantumtrader.connectors.redis.expression;

import io.quantumtrader.connectors.redis.format.Formats;
import io.quantumtrader.connectors.redis.format.Numbers;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;

/** The functions an expression may call. */
public enum Function {
  /** present(x): x exists and is not null. */
  PRESENT("present", 1, 1) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      return orNull(arguments.getFirst(), scope) != null;
    }
  },
  /** filled(x): x exists, is not null, and is no empty text or list. */
  FILLED("filled", 1, 1) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      return switch (orNull(arguments.getFirst(), scope)) {
        case null -> false;
        case String text -> !text.isEmpty();
        case List<?> list -> !list.isEmpty();
        default -> true;
      };
    }
  },
  /** if(condition, then, else): only the chosen branch is looked at. */
  IF("if", 3, 3) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      boolean condition = Expression.truth(arguments.getFirst(), scope);
      return arguments.get(condition ? 1 : 2).evaluate(scope);
    }
  },
  /** coalesce(a, b, ...): the first that exists and is not null, else null. */
  COALESCE("coalesce", 1, Integer.MAX_VALUE) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      for (Expression argument : arguments) {
        Object value = orNull(argument, scope);
        if (value != null) {
          return value;
        }
      }
      return null;
    }
  },
  /** abs(x): the number without its sign; null of null. */
  ABS("abs", 1, 1) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      Object value = arguments.getFirst().evaluate(scope);
      return value == null ? null : Numbers.decimal(value).abs();
    }
  },
  /** signed(negative, x): x with a minus where the condition holds; null of null. */
  SIGNED("signed", 2, 2) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      Object value = arguments.get(1).evaluate(scope);
      if (value == null) {
        return null;
      }
      BigDecimal number = Numbers.decimal(value);
      return Expression.truth(arguments.getFirst(), scope) ? number.negate() : number;
    }
  },
  /** part(text, separator, i): the i-th part counted from 0, the empty text where there is none. */
  PART("part", 3, 3) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      String text = text(arguments.getFirst(), scope);
      String[] parts = text.split(Pattern.quote(text(arguments.get(1), scope)), -1);
      long index = Numbers.whole(arguments.get(2).evaluate(scope));
      return index >= 0 && index < parts.length ? parts[(int) index] : "";
    }
  },
  /** join(list, separator): the items as text, one after the other. */
  JOIN("join", 2, 2) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      Stream<String> items = list(arguments.getFirst(), scope).stream().map(Formats::text);
      return items.collect(Collectors.joining(text(arguments.get(1), scope)));
    }
  },
  /** size(list): how many items it has. */
  SIZE("size", 1, 1) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      return (long) list(arguments.getFirst(), scope).size();
    }
  },
  /**
   * entries(list, 'name', 'value'): a map out of a list of structs, from their first to their
   * second field; text that spells a plain number becomes a number.
   */
  ENTRIES("entries", 3, 3) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      String nameField = text(arguments.get(1), scope);
      String valueField = text(arguments.get(2), scope);
      Map<String, Object> entries = new LinkedHashMap<>();
      for (Object item : list(arguments.getFirst(), scope)) {
        String name = Formats.text(field(item, nameField));
        entries.put(name, numberIfPlain(field(item, valueField)));
      }
      return entries;
    }
  },
  /** upper(text): in upper case. */
  UPPER("upper", 1, 1) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      return text(arguments.getFirst(), scope).toUpperCase(Locale.ROOT);
    }
  },
  /** lower(text): in lower case. */
  LOWER("lower", 1, 1) {
    @Override
    Object apply(List<Expression> arguments, Scope scope) {
      return text(arguments.getFirst(), scope).toLowerCase(Locale.ROOT);
    }
  };

  // No exponents: a short text could spell a number of a million digits.
  private static final Pattern PLAIN_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

  private final String word;
  private final int fewest;
  private final int most;

  Function(String word, int fewest, int most) {
    this.word = word;
    this.fewest = fewest;
    this.most = most;
  }

  /** Returns the name as written in an expression. */
  public String word() {
    return word;
  }

  abstract Object apply(List<Expression> arguments, Scope scope);

  boolean takes(int count) {
    return count >= fewest && count <= most;
  }

  static Optional<Function> named(String word) {
    return Stream.of(values()).filter(function -> function.word.equals(word)).findFirst();
  }

  static String names() {
    return Stream.of(values()).map(Function::word).collect(Collectors.joining(", "));
  }

  private static Object orNull(Expression expression, Scope scope) {
    try {
      return expression.evaluate(scope);
    } catch (MissingFieldException missing) {
      return null;
    }
  }

  private static String text(Expression expression, Scope scope) {
    return Formats.text(expression.evaluate(scope));
  }

  private static List<?> list(Expression expression, Scope scope) {
    Object value = expression.evaluate(scope);
    if (value instanceof List<?> list) {
      return list;
    }
    String got = value == null ? "null" : "a " + value.getClass().getSimpleName();
    throw new EvaluationException("expected a list, got " + got);
  }

  private static Object field(Object item, String name) {
    if (item instanceof Struct struct && struct.schema().field(name) != null) {
      return struct.get(name);
    }
    if (item instanceof Map<?, ?> map && map.containsKey(name)) {
      return map.get(name);
    }
    throw new MissingFieldException("an entry", name);
  }

  private static Object numberIfPlain(Object value) {
    if (value instanceof String text && PLAIN_NUMBER.matcher(text).matches()) {
      return new BigDecimal(text);
    }
    return value;
  }
}
