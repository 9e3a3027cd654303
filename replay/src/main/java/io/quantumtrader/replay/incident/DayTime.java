package io.quantumtrader.replay.incident;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times of day as they are shown. */
public final class DayTime {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

  private DayTime() {}

  /** Returns hours and minutes, UTC. */
  public static String minute(long atMs) {
    return MINUTE.format(Instant.ofEpochMilli(atMs));
  }
}
