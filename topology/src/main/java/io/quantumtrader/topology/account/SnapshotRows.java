package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.PositionSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The last snapshots of open positions. One counts once the clock has passed the time of its price;
 * until then the one before it does. What a step of the clock leads to comes from many symbol
 * rooms, in an order that is chance, and what an account is worth must not depend on it.
 *
 * <p>With marks there are several snapshots to a step of the clock, so those that wait for the
 * clock lie one beside the other, by the time of their price, behind the last one the clock has
 * passed.
 */
final class SnapshotRows implements Rows<PositionSnapshot> {

  /** Snapshots of a position that may wait for the clock; beyond it the oldest of them goes. */
  static final int MOST_WAITING = 64;

  /** Behind a key: no symbol has it. What follows it is the time of the price, or an older word. */
  private static final String EARLIER = "|";

  private final KeyValueStore<String, PositionSnapshot> store;
  private final LongSupplier nowMs;

  /**
   * Creates the rows.
   *
   * @param nowMs the account's clock, epoch ms; 0 before its first step
   */
  SnapshotRows(KeyValueStore<String, PositionSnapshot> store, LongSupplier nowMs) {
    this.store = store;
    this.nowMs = nowMs;
  }

  @Override
  public void put(String key, PositionSnapshot snapshot) {
    PositionSnapshot last = store.get(key);
    if (last != null && last.getAsOfMs() < snapshot.getAsOfMs()) {
      store.put(earlierKey(key, last), last);
      forget(key, snapshot);
    }
    store.put(key, snapshot);
  }

  /** What the clock has passed is needed no more where a later one that it has passed is there. */
  private void forget(String key, PositionSnapshot newest) {
    List<KeyValue<String, PositionSnapshot>> earlier = earlier(key);
    int counted = 0;
    while (counted < earlier.size() && isPassed(earlier.get(counted).value)) {
      counted++;
    }
    int needed = isPassed(newest) ? counted : Math.max(0, counted - 1);
    earlier.subList(0, needed).forEach(row -> store.delete(row.key));
    List<KeyValue<String, PositionSnapshot>> waiting = earlier.subList(counted, earlier.size());
    for (int i = 0; i < waiting.size() - MOST_WAITING; i++) {
      store.delete(waiting.get(i).key);
    }
  }

  private boolean isPassed(PositionSnapshot snapshot) {
    return snapshot.getAsOfMs() < nowMs.getAsLong();
  }

  @Override
  public void remove(String key) {
    store.delete(key);
    earlier(key).forEach(row -> store.delete(row.key));
  }

  /**
   * Returns the last snapshot whose price is of a time before this.
   *
   * @param atMs a step of the account's clock, epoch ms
   */
  Optional<PositionSnapshot> before(String key, long atMs) {
    Optional<PositionSnapshot> last = Optional.ofNullable(store.get(key));
    if (last.isEmpty() || last.get().getAsOfMs() < atMs) {
      return last;
    }
    List<PositionSnapshot> earlier = earlier(key).stream().map(row -> row.value).toList();
    return earlier.stream()
        .filter(snapshot -> snapshot.getAsOfMs() < atMs)
        .reduce((older, newer) -> newer);
  }

  /** Returns the earlier snapshots of a key, ascending by the time of their price. */
  private List<KeyValue<String, PositionSnapshot>> earlier(String key) {
    List<KeyValue<String, PositionSnapshot>> rows = new ArrayList<>();
    try (KeyValueIterator<String, PositionSnapshot> found =
        store.prefixScan(key + EARLIER, new StringSerializer())) {
      found.forEachRemaining(rows::add);
    }
    rows.sort(Comparator.comparingLong(row -> row.value.getAsOfMs()));
    return rows;
  }

  private static String earlierKey(String key, PositionSnapshot snapshot) {
    return key + EARLIER + snapshot.getAsOfMs();
  }
}
