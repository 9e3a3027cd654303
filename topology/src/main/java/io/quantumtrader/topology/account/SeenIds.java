package io.quantumtrader.topology.account;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Ids that were seen, in segments of an hour of the clock: keys are {@code hour|account|id}. When
 * an id was last seen is kept in memory as well, so that asking for one takes a single look-up,
 * however long ids are kept.
 */
final class SeenIds {

  static final long HOUR_MS = 3_600_000;

  /** The longest time that is looked back, whatever a policy says. */
  static final long MAX_KEEP_MS = 31 * 24 * HOUR_MS;

  private static final int HOUR_DIGITS = 8;

  private final KeyValueStore<String, Seen> store;
  private Map<String, Seen> last;

  SeenIds(KeyValueStore<String, Seen> store) {
    this.store = store;
  }

  /** Forgets what was read, so that it is read anew. */
  void readAnew() {
    last = null;
  }

  private Map<String, Seen> last() {
    if (last == null) {
      last = new HashMap<>();
      try (KeyValueIterator<String, Seen> all = store.all()) {
        while (all.hasNext()) {
          KeyValue<String, Seen> row = all.next();
          last.merge(idOf(row.key), row.value, (a, b) -> b.atMs >= a.atMs ? b : a);
        }
      }
    }
    return last;
  }

  /**
   * An id that was seen.
   *
   * @param atMs when it was last seen on the clock, epoch ms
   * @param count how often in a row without being forgotten, 1 or more
   */
  record Seen(long atMs, int count) {

    /** Returns how an id stands that is seen now. */
    static Seen now(Optional<Seen> before, long nowMs) {
      return new Seen(nowMs, before.map(Seen::count).orElse(0) + 1);
    }

    /** Returns a serde of 12 bytes: time, count. */
    static Serde<Seen> serde() {
      return Serdes.serdeFrom(
          (topic, seen) ->
              seen == null
                  ? null
                  : ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                      .putLong(seen.atMs)
                      .putInt(seen.count)
                      .array(),
          (topic, bytes) -> {
            if (bytes == null) {
              return null;
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new Seen(buffer.getLong(), buffer.getInt());
          });
    }
  }

  /** Returns when an id was last seen, if that is less than {@code keepMs} ago. */
  Optional<Seen> find(String account, String id, long keepMs, long nowMs) {
    return Optional.ofNullable(last().get(key(account, id)))
        .filter(seen -> nowMs - seen.atMs < Math.clamp(keepMs, 0, MAX_KEEP_MS));
  }

  void put(String account, String id, Seen seen) {
    String key = key(account, id);
    store.put(hourly(Math.floorDiv(seen.atMs, HOUR_MS), key), seen);
    last().put(key, seen);
  }

  /** Forgets what was seen longer ago than its account keeps it. */
  void forget(ToLongFunction<String> keepMsOfAccount, long nowMs) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, Seen> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, Seen> row = all.next();
        String account = row.key.split("\\|", 3)[1];
        if (nowMs - row.value.atMs >= keepMsOfAccount.applyAsLong(account)) {
          old.add(row.key);
          last().remove(idOf(row.key), row.value);
        }
      }
    }
    old.forEach(store::delete);
  }

  private static String key(String account, String id) {
    return account + "|" + id;
  }

  private static String idOf(String hourly) {
    return hourly.substring(hourly.indexOf('|') + 1);
  }

  private static String hourly(long hour, String key) {
    String digits = Long.toString(hour);
    return "0".repeat(Math.max(0, HOUR_DIGITS - digits.length())) + digits + "|" + key;
  }
}
