package io.quantumtrader.app.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When something ends, as it is given on a command line: a time, or how long from now. */
public final class Until {

  /** What may be given, for people. */
  public static final String RULE =
      "a time like 2026-01-31T12:00:00Z or a duration like 90s, 30m, 8h, 7d";

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})([smhd])");
  private static final Map<String, Long> UNIT_MS =
      Map.of("s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Until() {}

  /** Returns how long a text like 90s, 30m, 8h or 7d says, or empty where it says none. */
  public static Optional<Duration> lasting(String text) {
    Matcher duration = DURATION.matcher(text.strip());
    return duration.matches()
        ? Optional.of(
            Duration.ofMillis(Long.parseLong(duration.group(1)) * UNIT_MS.get(duration.group(2))))
        : Optional.empty();
  }

  /**
   * Returns the end, epoch milliseconds UTC, or empty where the text is neither.
   *
   * @param nowMs the pipeline's clock, epoch milliseconds UTC
   */
  public static Optional<Long> parse(String text, long nowMs) {
    Optional<Duration> lasts = lasting(text);
    if (lasts.isPresent()) {
      return Optional.of(nowMs + lasts.get().toMillis());
    }
    try {
      return Optional.of(Instant.parse(text.strip()).toEpochMilli());
    } catch (DateTimeException | ArithmeticException neither) {
      return Optional.empty();
    }
  }
}
