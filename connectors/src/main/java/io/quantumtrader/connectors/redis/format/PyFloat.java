package io.quantumtrader.connectors.redis.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating point numbers as Python prints them with {@code repr} and {@code str}.
 *
 * <p>The digits are the shortest that read back as the same double. Notation is positional, always
 * with a fractional digit, for zero and for magnitudes from 1e-4 up to but not including 1e16; else
 * scientific with a sign and at least two digits in the exponent: {@code 1e-05}, {@code 1e+16}.
 * {@link Double#toString(double)} has other thresholds and never fewer than two digits, so {@code
 * 5e-324} comes out of it as {@code 4.9E-324}.
 */
public final class PyFloat {

  private static final int FIRST_SCIENTIFIC_EXPONENT = 16;
  private static final int LAST_SMALL_EXPONENT = -5;

  private PyFloat() {}

  /** Returns {@code repr(value)}: also {@code nan}, {@code inf}, {@code -inf} and {@code -0.0}. */
  public static String repr(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String sign = isNegative(value) ? "-" : "";
    return sign + (value == 0 ? "0.0" : magnitude(Math.abs(value)));
  }

  /** Returns {@code repr} of the double that is nearest to a decimal. */
  public static String repr(BigDecimal value) {
    return repr(Double.parseDouble(value.toString()));
  }

  /** Returns {@code json.dumps(value)}: as {@code repr}, but {@code NaN} and {@code Infinity}. */
  public static String json(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return repr(value);
  }

  static boolean isNegative(double value) {
    return Double.doubleToRawLongBits(value) < 0;
  }

  private static String magnitude(double value) {
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    if (exponent >= FIRST_SCIENTIFIC_EXPONENT || exponent <= LAST_SMALL_EXPONENT) {
      return scientific(digits, exponent);
    }
    String plain = shortest.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  /** The shortest decimal that reads back as the value, without trailing zeros. */
  private static BigDecimal shortest(double value) {
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (shortest.precision() == 2) {
      // Java never prints fewer than two digits, even where one tells the number apart.
      BigDecimal single = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (Double.parseDouble(single.toString()) == value) {
        return single.stripTrailingZeros();
      }
    }
    return shortest;
  }

  private static String scientific(String digits, int exponent) {
    StringBuilder text = new StringBuilder(24).append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    if (magnitude < 10) {
      text.append('0');
    }
    return text.append(magnitude).toString();
  }
}
