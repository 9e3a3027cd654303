package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.util.Locale;

/** How the exchange writes things. */
public final class Numbers {

  private Numbers() {}

  /** Returns a number in plain digits, without zeros behind. */
  public static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Returns a symbol as names of streams have it. */
  public static String lower(String symbol) {
    return symbol.toLowerCase(Locale.ROOT);
  }
}
