package io.quantumtrader.execution.decision;

import io.quantumtrader.schemas.avro.NumberOf;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Money as decimals: at most 18 digits behind the point, cash rounded HALF_EVEN. */
public final class Decimals {

  /** Digits behind the point that a record keeps. */
  public static final int SCALE = 18;

  private Decimals() {}

  /** Returns the amount of cash, or price, at scale 18, rounded HALF_EVEN. */
  public static BigDecimal cash(BigDecimal value) {
    return value.setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  /**
   * Returns the multiple of a unit next to a value.
   *
   * @param unit tick or step, above 0
   * @param rounding which way, for a value between two multiples
   */
  public static BigDecimal toMultiple(BigDecimal value, BigDecimal unit, RoundingMode rounding) {
    return value.divide(unit, 0, rounding).multiply(unit);
  }

  /** Returns whether a value is a whole multiple of a unit above 0. */
  public static boolean isMultiple(BigDecimal value, BigDecimal unit) {
    return value.remainder(unit).signum() == 0;
  }

  /**
   * Returns numbers with their names, as a decision records them.
   *
   * @param namesAndValues name, value, name, value and so on; decimals are written plainly
   */
  public static List<NumberOf> numbers(Object... namesAndValues) {
    List<NumberOf> numbers = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      numbers.add(new NumberOf((String) namesAndValues[i], text(namesAndValues[i + 1])));
    }
    return List.copyOf(numbers);
  }

  private static String text(Object value) {
    if (!(value instanceof BigDecimal decimal)) {
      return String.valueOf(value);
    }
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }
}
