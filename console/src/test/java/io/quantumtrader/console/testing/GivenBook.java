package io.quantumtrader.console.testing;

import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** A book that a test tells records, with a wall time of its own. */
public final class GivenBook {

  private final AtomicLong wallMs = new AtomicLong(Records.NOW);
  private final Book book = new Book(wallMs::get);
  private final Map<String, Long> offsets = new HashMap<>();

  /** Creates it, empty, at {@link Records#NOW}. */
  public GivenBook() {}

  /** Returns the book. */
  public Book book() {
    return book;
  }

  /** Sets wall time, epoch milliseconds. */
  public GivenBook at(long nowMs) {
    wallMs.set(nowMs);
    return this;
  }

  /** Tells a record of partition 0. */
  public GivenBook tell(Topic topic, String key, SpecificRecord value) {
    return tell(topic, 0, key, value);
  }

  /** Tells a record; null removes a row. */
  public GivenBook tell(Topic topic, int partition, String key, SpecificRecord value) {
    return tell(topic, partition, key, Optional.ofNullable(value), Map.of());
  }

  /** Tells a record with headers. */
  public GivenBook tell(
      Topic topic,
      int partition,
      String key,
      Optional<SpecificRecord> value,
      Map<String, String> headers) {
    long offset = offsets.merge(topic + "-" + partition, 1L, Long::sum) - 1;
    book.accept(new BookRecord(topic, partition, offset, wallMs.get(), key, value, headers));
    return this;
  }

  /** Returns what a reader makes of it. */
  public <T> T read(Function<Pages, T> reader) {
    return book.read(reader);
  }
}
