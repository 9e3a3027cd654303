package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.PositionSnapshot;
import java.util.ArrayList;
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
 * <p>Each lies by the time of its price, so that a new one is a single write: those that wait for
 * the clock, and the last one that the clock has passed. Earlier versions kept the newest under the
 * bare key; such a row is read, and goes with the next snapshot.
 */
final class SnapshotRows {

  /** Snapshots of a position that may wait for the clock; beyond it the oldest of them goes. */
  static final int MOST_WAITING = 64;

  /** Behind a key: no symbol has it. What follows it is the time of the price. */
  private static final String AT = "|";

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

  /** Keeps a snapshot. What came before it with the same time or a later one is taken back. */
  void put(String key, PositionSnapshot snapshot) {
    String own = rowKey(key, snapshot);
    List<Map.Entry<String, PositionSnapshot>> earlier = new ArrayList<>();
    for (Map.Entry<String, PositionSnapshot> row : held(key)) {
      if (row.getValue().getAsOfMs() < snapshot.getAsOfMs()) {
        earlier.add(row);
      } else if (!row.getKey().equals(own)) {
        rows.delete(row.getKey());
      }
    }
    forget(earlier, snapshot);
    rows.put(own, snapshot);
  }

  /** What the clock has passed is needed no more where a later one that it has passed is there. */
  private void forget(List<Map.Entry<String, PositionSnapshot>> earlier, PositionSnapshot newest) {
    int passed = 0;
    while (passed < earlier.size() && isPassed(earlier.get(passed).getValue())) {
      passed++;
    }
    int needless = isPassed(newest) ? passed : Math.max(0, passed - 1);
    earlier.subList(0, needless).forEach(row -> rows.delete(row.getKey()));
    List<Map.Entry<String, PositionSnapshot>> waiting = earlier.subList(passed, earlier.size());
    for (int i = 0; i < waiting.size() - MOST_WAITING; i++) {
      rows.delete(waiting.get(i).getKey());
    }
  }

  private boolean isPassed(PositionSnapshot snapshot) {
    return snapshot.getAsOfMs() < nowMs.getAsLong();
  }

  void remove(String key) {
    held(key).forEach(row -> rows.delete(row.getKey()));
  }

  /**
   * Returns the last snapshot whose price is of a time before this.
   *
   * @param atMs a step of the account's clock, epoch ms
   */
  Optional<PositionSnapshot> before(String key, long atMs) {
    return held(key).stream()
        .map(Map.Entry::getValue)
        .filter(snapshot -> snapshot.getAsOfMs() < atMs)
        .reduce((older, newer) -> newer);
  }

  /** Returns the snapshots of a key, ascending by the time of their price. */
  private List<Map.Entry<String, PositionSnapshot>> held(String key) {
    List<Map.Entry<String, PositionSnapshot>> held = rows.entriesStartingWith(key + AT);
    rows.find(key).ifPresent(bare -> held.add(Map.entry(key, bare)));
    held.sort(Comparator.comparingLong(row -> row.getValue().getAsOfMs()));
    return held;
  }

  private static String rowKey(String key, PositionSnapshot snapshot) {
    return key + AT + snapshot.getAsOfMs();
  }
}
