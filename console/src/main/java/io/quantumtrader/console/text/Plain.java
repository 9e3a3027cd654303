package io.quantumtrader.console.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times for people, as the page shows them. */
public final class Plain {

  private static final String NONE = "-";
  private static final int MONEY_DIGITS = 2;
  private static final int DIGITS = 6;
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Plain() {}

  /** Returns money with two digits and commas; a dash where it is not known. */
  public static String money(BigDecimal value) {
    return value == null
        ? NONE
        : String.format(Locale.ROOT, "%,.2f", value.setScale(MONEY_DIGITS, RoundingMode.HALF_EVEN));
  }

  /** Returns money with its sign. */
  public static String signed(BigDecimal value) {
    return value == null ? NONE : (value.signum() > 0 ? "+" : "") + money(value);
  }

  /** Returns a number with its sign and two digits. */
  public static String signed(Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%+.2f", value);
  }

  /** Returns a price or quantity without zeros at the end, six digits behind the point at most. */
  public static String exact(BigDecimal value) {
    if (value == null) {
      return NONE;
    }
    BigDecimal rounded = value.setScale(Math.min(value.scale(), DIGITS), RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Returns a share in percent with one digit. */
  public static String percent(Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  /** Returns a number with two digits. */
  public static String number(Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.2f", value);
  }

  /** Returns the time of day, UTC. */
  public static String time(Long atMs) {
    return atMs == null || atMs == 0 ? NONE : SECOND.format(Instant.ofEpochMilli(atMs));
  }

  /** Returns date and time of day, UTC. */
  public static String dateTime(Long atMs) {
    return atMs == null || atMs == 0 ? NONE : DAY.format(Instant.ofEpochMilli(atMs));
  }

  /** Returns a time that passed, in the unit that people would say it in. */
  public static String duration(Long ms) {
    if (ms == null) {
      return NONE;
    }
    long seconds = Math.round(ms / 1000.0);
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return Math.round(seconds / 60.0) + " min";
    }
    return seconds < 172_800
        ? String.format(Locale.ROOT, "%.1f h", seconds / 3_600.0)
        : String.format(Locale.ROOT, "%.1f d", seconds / 86_400.0);
  }

  /** Returns a word of the records in plain letters: FULL_CLOSE becomes full close. */
  public static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
