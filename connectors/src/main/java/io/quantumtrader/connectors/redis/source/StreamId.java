package io.quantumtrader.connectors.redis.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a stream entry; ids of a stream only ever grow.
 *
 * @param millis first part, epoch milliseconds unless the sender chose otherwise; unsigned
 * @param sequence second part; unsigned
 */
public record StreamId(long millis, long sequence) implements Comparable<StreamId> {

  /** Before every entry. */
  public static final StreamId ZERO = new StreamId(0, 0);

  private static final Pattern FORM = Pattern.compile("(\\d{1,20})-(\\d{1,20})");

  /**
   * Reads an id.
   *
   * @param text {@code milliseconds-sequence}
   * @throws IllegalArgumentException if it is none
   */
  public static StreamId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a stream id: " + text);
    }
    return new StreamId(
        Long.parseUnsignedLong(matcher.group(1)), Long.parseUnsignedLong(matcher.group(2)));
  }

  @Override
  public int compareTo(StreamId other) {
    int first = Long.compareUnsigned(millis, other.millis);
    return first != 0 ? first : Long.compareUnsigned(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
  }
}
