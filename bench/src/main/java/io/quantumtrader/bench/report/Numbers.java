package io.quantumtrader.bench.report;

import java.util.Locale;

/** Numbers for people: three digits say all that a measurement on a shared machine can. */
final class Numbers {

  private Numbers() {}

  /** Returns a number with three significant digits, all digits of a larger one. */
  static String text(double number) {
    double size = Math.abs(number);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", number).replace(',', ' ');
  }
}
