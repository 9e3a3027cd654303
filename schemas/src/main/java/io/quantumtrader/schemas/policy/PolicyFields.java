package io.quantumtrader.schemas.policy;

import io.quantumtrader.schemas.avro.Policy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** The thresholds of the policy by name, as the Avro schema has them, and their values as text. */
public final class PolicyFields {

  /** What is written with each version and not set by hand. */
  private static final Set<String> WRITTEN = Set.of("name", "version", "createdAtMs", "note");

  private static final List<Schema.Field> ALL =
      Policy.getClassSchema().getFields().stream()
          .filter(field -> !WRITTEN.contains(field.name()))
          .toList();

  private PolicyFields() {}

  /** Returns every field that can be set, in the schema's order. */
  public static List<Schema.Field> all() {
    return ALL;
  }

  /** Returns whether this is a field that is written with each version and not set by hand. */
  static boolean isWritten(String key) {
    return WRITTEN.stream().anyMatch(name -> plain(name).equals(plain(key)));
  }

  /** Returns the field of this name, in whatever spelling: maxPositions or max_positions. */
  public static Optional<Schema.Field> named(String key) {
    return ALL.stream().filter(field -> plain(field.name()).equals(plain(key))).findFirst();
  }

  /** Returns the name of the field that is spelled most like this. */
  public static String nearest(String key) {
    return ALL.stream()
        .map(Schema.Field::name)
        .min(Comparator.comparingInt(name -> distance(plain(name), plain(key))))
        .orElseThrow();
  }

  /** Returns a value as it is typed: numbers plain, lists with commas. */
  public static String text(Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      return plain(BigDecimal.valueOf(number));
    }
    return value instanceof Collection<?> items
        ? items.stream().map(PolicyFields::text).collect(Collectors.joining(","))
        : value.toString();
  }

  /**
   * Returns the value of a text.
   *
   * @throws IllegalArgumentException if it is not a value of that type; the message is the rest of
   *     a sentence
   */
  static Object parse(Schema type, String given) {
    String text = given.strip();
    return switch (type.getType()) {
      case INT -> Math.toIntExact(whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case LONG -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> real(text);
      case BOOLEAN -> flag(text);
      case ARRAY -> list(type.getElementType(), text);
      default -> text;
    };
  }

  private static long whole(String text, long min, long max) {
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number", e);
    }
    throw new IllegalArgumentException("is out of range");
  }

  private static double real(String text) {
    BigDecimal wanted;
    try {
      wanted = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a number", e);
    }
    double number = wanted.doubleValue();
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("is not a finite number");
    }
    if (BigDecimal.valueOf(number).compareTo(wanted) != 0) {
      throw new IllegalArgumentException("has more digits than are kept: " + text(number));
    }
    return number;
  }

  private static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static List<Object> list(Schema items, String text) {
    List<Object> values = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String item : text.split(",", -1)) {
        values.add(parse(items, item));
      }
    }
    return values;
  }

  private static String plain(String name) {
    return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Levenshtein's: how many letters have to be put in, taken out or replaced. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        corner = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
