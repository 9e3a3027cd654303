package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.PositionSnapshot;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The last snapshots of open positions. One counts once the clock has passed the time of its price;
 * until then the one before it does. What a step of the clock leads to comes from many symbol
 * rooms, in an order that is chance, and what an account is worth must not depend on it.
 */
final class SnapshotRows implements Rows<PositionSnapshot> {

  /** Behind a key: no symbol has it. */
  private static final String BEFORE = "|before";

  private final KeyValueStore<String, PositionSnapshot> store;

  SnapshotRows(KeyValueStore<String, PositionSnapshot> store) {
    this.store = store;
  }

  @Override
  public void put(String key, PositionSnapshot snapshot) {
    PositionSnapshot last = store.get(key);
    if (last != null && last.getAsOfMs() < snapshot.getAsOfMs()) {
      store.put(key + BEFORE, last);
    }
    store.put(key, snapshot);
  }

  @Override
  public void remove(String key) {
    store.delete(key);
    store.delete(key + BEFORE);
  }

  /**
   * Returns the last snapshot whose price is of a time before this.
   *
   * @param nowMs the account's clock, epoch ms
   */
  Optional<PositionSnapshot> before(String key, long nowMs) {
    return Optional.ofNullable(store.get(key))
        .filter(last -> last.getAsOfMs() < nowMs)
        .or(() -> Optional.ofNullable(store.get(key + BEFORE)));
  }
}
