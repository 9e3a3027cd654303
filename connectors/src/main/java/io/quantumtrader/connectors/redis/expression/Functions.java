package io.quantumtrader.connectors.redis.expression;

import io.quantumtrader.connectors.redis.format.Formats;
import io.quantumtrader.connectors.redis.format.Numbers;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions an expression may call: the public methods, by their names. */
public final class Functions {

  // No exponents: a short text could spell a number of a million digits.
  private static final Pattern PLAIN_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

  private static final Map<String, Integer> ARGUMENTS =
      Stream.of(Functions.class.getDeclaredMethods())
          .filter(method -> method.getModifiers() == Modifier.PUBLIC)
          .collect(Collectors.toMap(Method::getName, Method::getParameterCount));

  Functions() {}

  static boolean takes(String function) {
    return ARGUMENTS.containsKey(function);
  }

  static boolean takes(String function, int arguments) {
    return ARGUMENTS.get(function) == arguments;
  }

  /** Returns the names of all. */
  public static String names() {
    return String.join(", ", new TreeMap<>(ARGUMENTS).keySet());
  }

  /** The number without its sign; null of null. */
  public Object abs(Object number) {
    return number == null ? null : Numbers.decimal(number).abs();
  }

  /** The number, with a minus where the condition holds; null of null. */
  public Object signed(Object negative, Object number) {
    if (number == null) {
      return null;
    }
    BigDecimal decimal = Numbers.decimal(number);
    return DecimalArithmetic.truth(negative) ? decimal.negate() : decimal;
  }

  /** The part of a text at an index counted from 0; the empty text where there is none. */
  public Object part(Object text, Object separator, Object index) {
    String[] parts = Formats.text(text).split(Pattern.quote(Formats.text(separator)), -1);
    long i = Numbers.whole(index);
    return i >= 0 && i < parts.length ? parts[(int) i] : "";
  }

  /** The items as text, one after the other. */
  public Object join(Object list, Object separator) {
    Stream<String> items = DecimalArithmetic.list(list).stream().map(Formats::text);
    return items.collect(Collectors.joining(Formats.text(separator)));
  }

  /**
   * A map out of a list of structs, from one of their fields to another; text that spells a plain
   * number becomes a number.
   */
  public Object entries(Object list, Object nameField, Object valueField) {
    Map<String, Object> entries = new LinkedHashMap<>();
    for (Object item : DecimalArithmetic.list(list)) {
      String name = Formats.text(FieldOf.value(item, Formats.text(nameField)));
      entries.put(name, numberIfPlain(FieldOf.value(item, Formats.text(valueField))));
    }
    return entries;
  }

  /** The text in upper case. */
  public Object upper(Object text) {
    return Formats.text(text).toUpperCase(Locale.ROOT);
  }

  /** The text in lower case. */
  public Object lower(Object text) {
    return Formats.text(text).toLowerCase(Locale.ROOT);
  }

  private static Object numberIfPlain(Object value) {
    return value instanceof String text && PLAIN_NUMBER.matcher(text).matches()
        ? new BigDecimal(text)
        : value;
  }
}
