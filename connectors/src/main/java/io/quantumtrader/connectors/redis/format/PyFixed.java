package io.quantumtrader.connectors.redis.format;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers with a fixed count of decimals, as Python's {@code format(x, '.8f')} prints them: the
 * exact value rounded half to even, in plain notation. A negative number that rounds to zero keeps
 * its sign: {@code -0.00000000}.
 */
public final class PyFixed {

  private PyFixed() {}

  /**
   * Formats a double.
   *
   * @param decimals digits after the point, 0 or more
   */
  public static String format(double value, int decimals) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return PyFloat.repr(value);
    }
    String text = format(new BigDecimal(value), decimals);
    boolean zeroLostItsSign = value == 0 && PyFloat.isNegative(value);
    return zeroLostItsSign ? "-" + text : text;
  }

  /**
   * Formats a decimal.
   *
   * @param decimals digits after the point, 0 or more
   */
  public static String format(BigDecimal value, int decimals) {
    BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_EVEN);
    boolean roundedToZero = rounded.signum() == 0 && value.signum() < 0;
    return roundedToZero ? "-" + rounded.toPlainString() : rounded.toPlainString();
  }
}
