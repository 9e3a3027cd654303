package io.quantumtrader.schemas.legacy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the times that senders write, as epoch milliseconds. */
final class SentTime {

  /** As seconds this is the year 5138, as milliseconds March 1973; intents are between. */
  private static final BigDecimal FIRST_MILLISECONDS = new BigDecimal("1e11");

  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int LONGEST = 64;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
  private static final Pattern STREAM_ID = Pattern.compile("(\\d{1,18})-\\d{1,20}");
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter();

  private SentTime() {}

  /**
   * Returns a time written as epoch seconds with or without a fraction, epoch milliseconds (from
   * 1e11 on), or ISO-8601 with a zone or, in UTC, without; empty where it is none of these. Parts
   * of a millisecond are cut off.
   */
  static OptionalLong read(String text) {
    if (text.length() > LONGEST) {
      return OptionalLong.empty();
    }
    return NUMBER.matcher(text).matches() ? epoch(new BigDecimal(text)) : iso(text);
  }

  private static OptionalLong epoch(BigDecimal value) {
    BigDecimal millis =
        value.abs().compareTo(FIRST_MILLISECONDS) < 0 ? value.movePointRight(3) : value;
    if (millis.abs().compareTo(LARGEST) > 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(millis.setScale(0, RoundingMode.FLOOR).longValueExact());
  }

  private static OptionalLong iso(String text) {
    try {
      TemporalAccessor time =
          ISO.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      return OptionalLong.of(
          time instanceof OffsetDateTime zoned
              ? zoned.toInstant().toEpochMilli()
              : LocalDateTime.from(time).toInstant(ZoneOffset.UTC).toEpochMilli());
    } catch (DateTimeException | ArithmeticException unreadable) {
      return OptionalLong.empty();
    }
  }

  /** Returns the time in a Redis stream id {@code milliseconds-sequence}, or empty. */
  static OptionalLong ofStreamId(String id) {
    Matcher matcher = STREAM_ID.matcher(id);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
