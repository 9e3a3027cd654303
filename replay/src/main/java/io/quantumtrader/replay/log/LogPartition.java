package io.quantumtrader.replay.log;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** One partition of a topic. What nobody will read any more is dropped from its beginning. */
public final class LogPartition {

  private static final int DROP_AT_LEAST = 1024;

  private final TopicPartition name;
  private final List<LogCursor> cursors = new ArrayList<>();
  private List<LogEntry> entries = new ArrayList<>();
  private long begin;

  /**
   * Creates one.
   *
   * @param begin offset that its first record gets
   */
  LogPartition(TopicPartition name, long begin) {
    this.name = name;
    this.begin = begin;
  }

  /** Returns topic and number. */
  public TopicPartition name() {
    return name;
  }

  /** Returns the offset of the first record that is there still. */
  public long begin() {
    return begin;
  }

  /** Returns the offset that the next record gets. */
  public long end() {
    return begin + entries.size();
  }

  /**
   * Returns a record.
   *
   * @param offset from {@link #begin} on, below {@link #end}
   */
  public LogEntry at(long offset) {
    return entries.get(Math.toIntExact(offset - begin));
  }

  void add(LogEntry entry) {
    entries.add(entry);
  }

  /**
   * Goes on as if records up to an offset had been there and were read and dropped.
   *
   * @param end offset that the next record gets
   * @throws IllegalStateException where it is behind that already, or holds records
   */
  void skipTo(long end) {
    if (end < end() || (end > end() && !entries.isEmpty())) {
      throw new IllegalStateException(
          "%s is at %d with %d records, not at %d".formatted(name, end(), entries.size(), end));
    }
    begin = end - entries.size();
  }

  /** Returns a new cursor at the beginning; what it has not read is kept until it is closed. */
  public LogCursor cursor() {
    LogCursor cursor = new LogCursor(this);
    cursors.add(cursor);
    return cursor;
  }

  /** Returns a new cursor at the beginning, for which nothing is kept. */
  LogCursor glance() {
    return new LogCursor(this);
  }

  void forget(LogCursor cursor) {
    cursors.remove(cursor);
  }

  /** Drops what every cursor has read. */
  void trim() {
    long read = end();
    for (LogCursor cursor : cursors) {
      read = Math.min(read, cursor.position());
    }
    int count = Math.toIntExact(read - begin);
    if (count == entries.size()) {
      entries = count > DROP_AT_LEAST ? new ArrayList<>() : cleared(entries);
      begin = read;
    } else if (count >= DROP_AT_LEAST) {
      entries.subList(0, count).clear();
      begin = read;
    }
  }

  private static List<LogEntry> cleared(List<LogEntry> list) {
    list.clear();
    return list;
  }
}
