package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.PositionSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The last snapshots of open positions. One counts once the clock has passed the time of its price;
 * until then the one before it does. What a step of the clock leads to comes from many symbol
 * sub-topologies, in an order that is chance, and what an account is worth must not depend on it.
 *
 * <p>With marks there are several snapshots to a step of the clock, so those that wait for the
 * clock lie one beside the other, by the time of their price, behind the last one the clock has
 * passed.
 */
final class SnapshotRows {

  /** Snapshots of a position that may wait for the clock; beyond it the oldest of them goes. */
  static final int MOST_WAITING = 64;

  /** Behind a key: no symbol has it. What follows it is the time of the price, or an older word. */
  private static final String EARLIER = "|";

  private final StoredRows<PositionSnapshot> rows;
  private final LongSupplier nowMs;

  /**
   * Creates the rows.
   *
   * @param nowMs the account's clock, epoch ms; 0 before its first step
   */
  SnapshotRows(StoredRows<PositionSnapshot> rows, LongSupplier nowMs) {
    this.rows = rows;
    this.nowMs = nowMs;
  }

  void put(String key, PositionSnapshot snapshot) {
    Optional<PositionSnapshot> last = rows.find(key);
    if (last.isPresent() && last.get().getAsOfMs() < snapshot.getAsOfMs()) {
      rows.put(earlierKey(key, last.get()), last.get());
      forget(key, snapshot);
    }
    rows.put(key, snapshot);
  }

  /** What the clock has passed is needed no more where a later one that it has passed is there. */
  private void forget(String key, PositionSnapshot newest) {
    List<Map.Entry<String, PositionSnapshot>> earlier = earlier(key);
    int counted = 0;
    while (counted < earlier.size() && isPassed(earlier.get(counted).getValue())) {
      counted++;
    }
    int needed = isPassed(newest) ? counted : Math.max(0, counted - 1);
    earlier.subList(0, needed).forEach(row -> rows.delete(row.getKey()));
    List<Map.Entry<String, PositionSnapshot>> waiting = earlier.subList(counted, earlier.size());
    for (int i = 0; i < waiting.size() - MOST_WAITING; i++) {
      rows.delete(waiting.get(i).getKey());
    }
  }

  private boolean isPassed(PositionSnapshot snapshot) {
    return snapshot.getAsOfMs() < nowMs.getAsLong();
  }

  void remove(String key) {
    rows.delete(key);
    earlier(key).forEach(row -> rows.delete(row.getKey()));
  }

  /**
   * Returns the last snapshot whose price is of a time before this.
   *
   * @param atMs a step of the account's clock, epoch ms
   */
  Optional<PositionSnapshot> before(String key, long atMs) {
    Optional<PositionSnapshot> last = rows.find(key);
    if (last.isEmpty() || last.get().getAsOfMs() < atMs) {
      return last;
    }
    return earlier(key).stream()
        .map(Map.Entry::getValue)
        .filter(snapshot -> snapshot.getAsOfMs() < atMs)
        .reduce((older, newer) -> newer);
  }

  /** Returns the earlier snapshots of a key, ascending by the time of their price. */
  private List<Map.Entry<String, PositionSnapshot>> earlier(String key) {
    List<Map.Entry<String, PositionSnapshot>> earlier = rows.entriesStartingWith(key + EARLIER);
    earlier.sort(Comparator.comparingLong(row -> row.getValue().getAsOfMs()));
    return earlier;
  }

  private static String earlierKey(String key, PositionSnapshot snapshot) {
    return key + EARLIER + snapshot.getAsOfMs();
  }
}
