package io.quantumtrader.connectors.redis.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;
import org.apache.kafka.connect.errors.DataException;

/** Reads the number out of a value, whichever type it came in. */
public final class Numbers {

  private Numbers() {}

  /**
   * Returns a value as a decimal: doubles as their shortest decimal, dates as epoch milliseconds.
   *
   * @throws DataException if the value is not a finite number
   */
  @SuppressWarnings("JavaUtilDate") // Connect's own logical types for times use it.
  public static BigDecimal decimal(Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal;
      case BigInteger whole -> new BigDecimal(whole);
      case Double number -> finite(number);
      case Float number -> finite(number);
      case Number whole -> BigDecimal.valueOf(whole.longValue());
      case Date date -> BigDecimal.valueOf(date.getTime());
      case null -> throw new DataException("expected a number, got null");
      default -> throw notANumber(value);
    };
  }

  /**
   * Returns a value as a whole number of 64 bits.
   *
   * @throws DataException if the value is not a number, has a fraction or does not fit
   */
  public static long whole(Object value) {
    try {
      return decimal(value).longValueExact();
    } catch (ArithmeticException notWhole) {
      throw new DataException("expected a whole number, got " + decimal(value).toPlainString());
    }
  }

  /** Returns whether a value counts as a number. */
  public static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Date;
  }

  /** Returns a decimal without exponent and without trailing zeros. */
  public static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal finite(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new DataException("expected a finite number, got " + PyFloat.repr(number));
    }
    return BigDecimal.valueOf(number);
  }

  private static DataException notANumber(Object value) {
    return new DataException("expected a number, got a " + value.getClass().getSimpleName());
  }
}
