package io.quantumtrader.connectors.redis.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The entries that were sent and may not be acknowledged yet, as kept in source offsets. A range
 * only ever covers entries that one read of the group gave to this task: a group gives entries in
 * order, so nobody else was given one in between.
 *
 * @param ranges first and last id of each
 */
record SentRanges(List<Range> ranges) {

  static final SentRanges NONE = new SentRanges(List.of());

  /**
   * Entries from one to another.
   *
   * @param first id of the first
   * @param last id of the last, not below the first
   */
  record Range(StreamId first, StreamId last) {

    boolean contains(StreamId id) {
      return first.compareTo(id) <= 0 && id.compareTo(last) <= 0;
    }

    @Override
    public String toString() {
      return first.equals(last) ? first.toString() : first + ".." + last;
    }
  }

  SentRanges {
    ranges = List.copyOf(ranges);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static SentRanges parse(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isEmpty()) {
        int dots = part.indexOf("..");
        StreamId first = StreamId.parse(dots < 0 ? part : part.substring(0, dots));
        ranges.add(new Range(first, dots < 0 ? first : StreamId.parse(part.substring(dots + 2))));
      }
    }
    return new SentRanges(ranges);
  }

  boolean contains(StreamId id) {
    return ranges.stream().anyMatch(range -> range.contains(id));
  }

  static String join(Collection<Range> ranges) {
    return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return join(ranges);
  }
}
