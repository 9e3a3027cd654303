package io.quantumtrader.topology.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When entries were granted, for the rates. Keys are {@code account|symbol|time|plan id}, values
 * the time.
 */
final class GrantedEntries {

  /** The longest time that a rate is counted over, milliseconds. */
  static final long KEEP_MS = 3_600_000;

  private final KeyValueStore<String, Long> store;

  GrantedEntries(KeyValueStore<String, Long> store) {
    this.store = store;
  }

  /** Returns when entries of the account in the symbol were granted, epoch ms, oldest first. */
  List<Long> of(String account, String symbol) {
    List<Long> times = new ArrayList<>();
    try (KeyValueIterator<String, Long> found =
        store.prefixScan(account + "|" + symbol + "|", new StringSerializer())) {
      found.forEachRemaining(entry -> times.add(entry.value));
    }
    return times;
  }

  void add(String account, String symbol, String planId, long nowMs) {
    store.put(String.format(Locale.ROOT, "%s|%s|%013d|%s", account, symbol, nowMs, planId), nowMs);
  }

  /** Forgets what no rate counts any more. */
  void forget(long nowMs) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, Long> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, Long> entry = all.next();
        if (nowMs - entry.value >= KEEP_MS) {
          old.add(entry.key);
        }
      }
    }
    old.forEach(store::delete);
  }
}
