package io.quantumtrader.topology.account;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Ids that were seen, in segments of an hour of the clock: keys are {@code hour|account|id}, so
 * that what is old lies together and goes when the clock has passed it.
 */
final class SeenIds {

  static final long HOUR_MS = 3_600_000;

  /** The longest time that is looked back, whatever a policy says: each hour is a look-up. */
  static final long MAX_KEEP_MS = 31 * 24 * HOUR_MS;

  private final KeyValueStore<String, Seen> store;

  SeenIds(KeyValueStore<String, Seen> store) {
    this.store = store;
  }

  /**
   * An id that was seen.
   *
   * @param atMs when it was last seen on the clock, epoch ms
   * @param count how often in a row without being forgotten, 1 or more
   */
  record Seen(long atMs, int count) {

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
    long oldest = Math.floorDiv(nowMs - Math.clamp(keepMs, 0, MAX_KEEP_MS), HOUR_MS);
    for (long hour = Math.floorDiv(nowMs, HOUR_MS); hour >= oldest && hour >= 0; hour--) {
      Seen seen = store.get(key(hour, account, id));
      if (seen != null) {
        return Optional.of(seen).filter(found -> nowMs - found.atMs < keepMs);
      }
    }
    return Optional.empty();
  }

  /** Notes that an id is seen now, once more than before. */
  void mark(String account, String id, Optional<Seen> before, long nowMs) {
    int count = before.map(Seen::count).orElse(0) + 1;
    store.put(key(Math.floorDiv(nowMs, HOUR_MS), account, id), new Seen(nowMs, count));
  }

  /** Forgets what was seen longer ago than its account keeps it. */
  void forget(ToLongFunction<String> keepMsOfAccount, long nowMs) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, Seen> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, Seen> entry = all.next();
        String account = entry.key.split("\\|", 3)[1];
        if (nowMs - entry.value.atMs >= keepMsOfAccount.applyAsLong(account)) {
          old.add(entry.key);
        }
      }
    }
    old.forEach(store::delete);
  }

  private static String key(long hour, String account, String id) {
    return String.format(Locale.ROOT, "%08d|%s|%s", hour, account, id);
  }
}
