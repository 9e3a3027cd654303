package io.quantumtrader.app.control;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares of equity, which people give and read in percent. */
public final class Share {

  /** What may be given, for people. */
  public static final String RULE = "a percentage from 0% to 100%, like 60%";

  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,6})?) ?%");

  private Share() {}

  /** Returns the share that a percentage names, 0 to 1, or empty where the text is none. */
  public static Optional<Double> parse(String text) {
    Matcher percent = PERCENT.matcher(text.strip());
    if (!percent.matches()) {
      return Optional.empty();
    }
    BigDecimal share = new BigDecimal(percent.group(1)).movePointLeft(2);
    return share.compareTo(BigDecimal.ONE) <= 0
        ? Optional.of(share.doubleValue())
        : Optional.empty();
  }

  /** Returns a share as a percentage with two digits after the point at most. */
  public static String text(double share) {
    BigDecimal percent =
        BigDecimal.valueOf(share).movePointRight(2).setScale(2, RoundingMode.HALF_EVEN);
    return (percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros()).toPlainString()
        + " %";
  }
}
