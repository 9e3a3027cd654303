package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Times as they are given on a command line. */
final class TimeOption {

  private static final int USAGE = 2;

  private TimeOption() {}

  /**
   * Returns a time, epoch milliseconds UTC.
   *
   * @param option its name, for the message
   * @param text a time like 2025-11-19T12:00:00Z, a date, or epoch milliseconds
   * @throws CommandFailure where it is none of them
   */
  static long parse(String option, String text) {
    try {
      if (text.chars().allMatch(Character::isDigit)) {
        return Long.parseLong(text);
      }
      return text.contains("T")
          ? Instant.parse(text).toEpochMilli()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    } catch (DateTimeException | NumberFormatException wrong) {
      throw new CommandFailure(
          USAGE,
          option + " must be a time like 2025-11-19T12:00:00Z, a date, or epoch ms: " + text,
          wrong);
    }
  }
}
