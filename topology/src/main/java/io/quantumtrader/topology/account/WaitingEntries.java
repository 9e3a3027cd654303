package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.TradeIntent;
import java.util.Locale;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Entries that wait for their turn, in the order they came. Both ends of the line lie beside the
 * clock, so that neither needs a scan of the store.
 */
final class WaitingEntries {

  static final String FIRST = "waiting-first";
  static final String NEXT = "waiting-next";

  private final KeyValueStore<String, TradeIntent> entries;
  private final KeyValueStore<String, Long> ends;

  WaitingEntries(KeyValueStore<String, TradeIntent> entries, KeyValueStore<String, Long> ends) {
    this.entries = entries;
    this.ends = ends;
  }

  boolean isEmpty() {
    return end(FIRST) == end(NEXT);
  }

  /** Puts an entry at the end of the line. */
  void add(TradeIntent entry) {
    long next = end(NEXT);
    entries.put(key(next), entry);
    ends.put(NEXT, next + 1);
  }

  /** Returns the entry at the head of the line; there must be one. */
  TradeIntent first() {
    return entries.get(key(end(FIRST)));
  }

  /** Takes the head of the line away. */
  void removeFirst() {
    long first = end(FIRST);
    entries.delete(key(first));
    ends.put(FIRST, first + 1);
  }

  private long end(String name) {
    Long end = ends.get(name);
    return end == null ? 0 : end;
  }

  private static String key(long number) {
    return String.format(Locale.ROOT, "%019d", number);
  }
}
