package io.quantumtrader.schemas.policy;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one field of the policy may be. */
public sealed interface PolicyBound {

  /** Returns what is wrong with a value, as the rest of a sentence; empty where nothing is. */
  Optional<String> violation(Object value);

  /** Returns what may stand there, with its unit, for people. */
  String text();

  /**
   * A number between two others.
   *
   * @param min smallest
   * @param above whether {@code min} itself is too small
   * @param max largest
   * @param unit what is counted
   */
  record Range(double min, boolean above, double max, String unit) implements PolicyBound {

    /** Where a number is a whole multiple of this part, its decimal surely fits. */
    private static final double SHORT_DECIMAL = 1e9;

    private static final int SCALE = 18;

    @Override
    public Optional<String> violation(Object value) {
      if (value instanceof Double real && !Double.isFinite(real)) {
        return Optional.of("is not a finite number");
      }
      double number = ((Number) value).doubleValue();
      if (number < min || (above && number == min)) {
        return Optional.of(above ? "is not above " + plain(min) : "is below " + plain(min));
      }
      if (number > max) {
        return Optional.of("is above " + plain(max));
      }
      return hasTooManyDecimals(number)
          ? Optional.of("has more than " + SCALE + " decimal places")
          : Optional.empty();
    }

    /** Money is reckoned as decimal(38,18); the largest bound is far from its 20 digits. */
    private static boolean hasTooManyDecimals(double number) {
      double parts = number * SHORT_DECIMAL;
      return parts != Math.rint(parts)
          && BigDecimal.valueOf(number).stripTrailingZeros().scale() > SCALE;
    }

    @Override
    public String text() {
      return (above ? "above " : "") + plain(min) + " to " + plain(max) + " " + unit;
    }

    private static String plain(double number) {
      return PolicyFields.text(number);
    }
  }

  /** Yes or no. */
  record Flag() implements PolicyBound {

    @Override
    public Optional<String> violation(Object value) {
      return Optional.empty();
    }

    @Override
    public String text() {
      return "true or false";
    }
  }

  /**
   * A word of a closed list.
   *
   * @param words the list
   */
  record OneOf(List<String> words) implements PolicyBound {

    @Override
    public Optional<String> violation(Object value) {
      return words.contains(value.toString())
          ? Optional.empty()
          : Optional.of("is not one of " + text());
    }

    @Override
    public String text() {
      return String.join(", ", words);
    }
  }

  /**
   * A list of so many numbers.
   *
   * @param count how many
   * @param each what each may be
   * @param ascending whether none may be smaller than the one before
   */
  record Numbers(int count, Range each, boolean ascending) implements PolicyBound {

    @Override
    public Optional<String> violation(Object value) {
      List<?> numbers = (List<?>) value;
      if (numbers.size() != count) {
        return Optional.of("has " + numbers.size() + " numbers, not " + count);
      }
      for (Object number : numbers) {
        Optional<String> wrong = each.violation(number);
        if (wrong.isPresent()) {
          return Optional.of(
              "contains " + PolicyFields.text(number) + ", which " + wrong.orElseThrow());
        }
      }
      return ascending && !isAscending(numbers)
          ? Optional.of("is not in ascending order")
          : Optional.empty();
    }

    private static boolean isAscending(List<?> numbers) {
      for (int i = 1; i < numbers.size(); i++) {
        if (((Number) numbers.get(i)).doubleValue() < ((Number) numbers.get(i - 1)).doubleValue()) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String text() {
      return count + " numbers" + (ascending ? ", ascending" : "") + ", each " + each.text();
    }
  }

  /**
   * A list of symbols, each once.
   *
   * @param most how many at most
   */
  record Symbols(int most) implements PolicyBound {

    @Override
    public Optional<String> violation(Object value) {
      List<?> symbols = (List<?>) value;
      if (symbols.size() > most) {
        return Optional.of("has " + symbols.size() + " symbols, more than " + most);
      }
      Set<String> seen = new HashSet<>();
      for (Object symbol : symbols) {
        String name = symbol.toString();
        if (!io.quantumtrader.schemas.topic.Symbols.isSymbol(name)) {
          return Optional.of("contains '" + name + "', which is not a symbol");
        }
        if (!seen.add(name)) {
          return Optional.of("contains " + name + " twice");
        }
      }
      return Optional.empty();
    }

    @Override
    public String text() {
      return "at most " + most + " symbols, each once";
    }
  }
}
