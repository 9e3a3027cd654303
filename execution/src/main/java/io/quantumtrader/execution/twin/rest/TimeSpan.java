package io.quantumtrader.execution.twin.rest;

import io.quantumtrader.execution.twin.core.TwinError;

/**
 * From when to when something is asked for, epoch milliseconds UTC, both included.
 *
 * @param latest whether neither end was given, so that the latest are wanted
 */
record TimeSpan(long startMs, long endMs, boolean latest) {
  private static final long DAY_MS = 86_400_000;

  /**
   * Reads it: one end alone means as many days from there; more days than that are refused (-4165).
   */
  static TimeSpan of(RestRequest request, int days, long nowMs) {
    long longest = days * DAY_MS;
    if (!request.has("startTime") && !request.has("endTime")) {
      return new TimeSpan(nowMs - longest, nowMs, true);
    }
    long start =
        request.has("startTime")
            ? request.number("startTime")
            : request.number("endTime") - longest;
    long end = request.number("endTime", start + longest);
    if (start > end) {
      throw TwinError.START_AFTER_END.refused();
    }
    if (end - start > longest) {
      throw TwinError.TIME_SPAN.refused(days);
    }
    return new TimeSpan(start, end, false);
  }

  boolean contains(long ms) {
    return ms >= startMs && ms <= endMs;
  }
}
