package io.quantumtrader.market;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Open times as files write them: whole milliseconds since 1970 UTC, or, where the column does not
 * say milliseconds, whole microseconds as kline archives have had them since 2025. The size tells
 * which; seconds and nanoseconds are refused as such, since no kline is published in them.
 */
final class CandleTime {

  /** The end of the year 9999; beyond it a time is no milliseconds. */
  static final long LATEST_MS = 253_402_300_799_999L;

  /** As milliseconds these are days of 1970, as seconds the years 2000 to 2286. */
  private static final long EARLIEST_SECONDS = 946_684_800L;

  private static final long LATEST_SECONDS = 9_999_999_999L;

  private static final long LATEST_US = LATEST_MS * 1000;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,20}(\\.\\d{0,20})?([eE][+]?\\d{1,2})?");

  private CandleTime() {}

  /**
   * Reads an open time.
   *
   * @param column its column, for the message
   * @param millisOnly whether the column says that it is in milliseconds
   * @return epoch milliseconds UTC, 0 to {@link #LATEST_MS}
   */
  static long read(String text, String column, boolean millisOnly) throws MalformedValue {
    long time = whole(text, column);
    if (time >= EARLIEST_SECONDS && time <= LATEST_SECONDS) {
      throw new MalformedValue(
          column,
          text + " would be in 1970: these look like seconds, expected milliseconds: times 1000");
    }
    if (time >= 0 && time <= LATEST_MS) {
      return time;
    }
    if (!millisOnly && time > LATEST_MS && time <= LATEST_US && time % 1000 == 0) {
      return time / 1000;
    }
    throw new MalformedValue(
        column,
        text + " is outside 0 to " + LATEST_MS + ", milliseconds since 1970 UTC" + unit(time));
  }

  private static String unit(long time) {
    if (time <= LATEST_MS) {
      return "";
    }
    return ": these look like " + (time <= LATEST_US ? "microseconds" : "nanoseconds");
  }

  private static long whole(String text, String column) throws MalformedValue {
    if (NUMBER.matcher(text).matches()) {
      try {
        return new BigDecimal(text).longValueExact();
      } catch (ArithmeticException e) {
        // Not whole, or far beyond: the message below says what is expected.
      }
    }
    throw new MalformedValue(
        column,
        MalformedValue.quoted(text) + " is not a whole number of milliseconds since 1970 UTC");
  }
}
