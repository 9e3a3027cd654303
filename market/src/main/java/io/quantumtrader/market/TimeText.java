package io.quantumtrader.market;

import java.time.Instant;

/** Times and lengths of time as messages write them. */
public final class TimeText {

  private static final long MINUTE = 60_000;

  private TimeText() {}

  /** Returns a time in UTC, for example {@code 2025-11-19T00:00:00Z}. */
  public static String time(long epochMs) {
    return Instant.ofEpochMilli(epochMs).toString();
  }

  /**
   * Returns a length in the largest unit that it is a multiple of: {@code 5 min}, {@code 54789 ms}.
   */
  public static String length(long ms) {
    if (ms % (24 * 60 * MINUTE) == 0) {
      return ms / (24 * 60 * MINUTE) + " d";
    }
    if (ms % (60 * MINUTE) == 0) {
      return ms / (60 * MINUTE) + " h";
    }
    if (ms % MINUTE == 0) {
      return ms / MINUTE + " min";
    }
    return ms % 1000 == 0 ? ms / 1000 + " s" : ms + " ms";
  }
}
