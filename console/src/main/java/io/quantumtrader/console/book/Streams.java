package io.quantumtrader.console.book;

import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The last records of each topic that is no table, as many as a page or a question may need. */
public final class Streams {

  /** What is kept of each: an hour's decisions of a busy account, at some kilobytes each. */
  public static final int DEFAULT_KEPT = 20_000;

  private final int kept;
  private final Map<Topic, Deque<BookRecord>> last = new EnumMap<>(Topic.class);
  private final Map<Topic, Long> dropped = new EnumMap<>(Topic.class);

  Streams(int kept) {
    this.kept = kept;
  }

  void take(BookRecord record) {
    Deque<BookRecord> of = last.computeIfAbsent(record.topic(), any -> new ArrayDeque<>());
    of.addLast(record);
    if (of.size() > kept) {
      of.removeFirst();
      dropped.merge(record.topic(), 1L, Long::sum);
    }
  }

  /** Returns what is kept of a topic, the newest first. */
  public Stream<BookRecord> newestFirst(Topic topic) {
    Deque<BookRecord> of = last.getOrDefault(topic, new ArrayDeque<>());
    Iterable<BookRecord> backwards = of::descendingIterator;
    return StreamSupport.stream(backwards.spliterator(), false);
  }

  /** Returns what is kept of a topic, the oldest first. */
  public Stream<BookRecord> oldestFirst(Topic topic) {
    return last.getOrDefault(topic, new ArrayDeque<>()).stream();
  }

  /** Returns what is kept of a topic, decoded, the newest first. */
  public <T> List<T> newestFirst(Topic topic, Class<T> type) {
    return newestFirst(topic).flatMap(record -> record.as(type).stream()).toList();
  }

  /** Returns how many records of a topic are not kept any more. */
  public long dropped(Topic topic) {
    return dropped.getOrDefault(topic, 0L);
  }

  /** Returns the newest record of a topic, or null where there is none. */
  BookRecord newest(Topic topic) {
    Iterator<BookRecord> backwards =
        last.getOrDefault(topic, new ArrayDeque<>()).descendingIterator();
    return backwards.hasNext() ? backwards.next() : null;
  }
}
