package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.TradeIntent;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Entries that wait for their turn, in the order they came. Both ends of the line lie beside the
 * clock, so that neither needs a scan of the store. They are read once, so none is kept decoded.
 */
final class WaitingEntries {

  static final String FIRST = "waiting-first";
  static final String NEXT = "waiting-next";

  private static final int DIGITS = 19;

  private final KeyValueStore<String, TradeIntent> entries;
  private final StoredRows<Long> ends;

  WaitingEntries(KeyValueStore<String, TradeIntent> entries, StoredRows<Long> ends) {
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
    return ends.find(name).orElse(0L);
  }

  private static String key(long number) {
    String digits = Long.toString(number);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }
}
