package io.quantumtrader.topology.account;

import org.apache.kafka.streams.state.KeyValueStore;

/** Rows by key, of which some are kept. */
interface Rows<V> {

  /** Takes a row. */
  void put(String key, V row);

  /** Takes the rows of a key away. */
  void remove(String key);

  /** Returns rows that keep the last of each key in a store. */
  static <V> Rows<V> last(KeyValueStore<String, V> store) {
    return new Rows<>() {
      @Override
      public void put(String key, V row) {
        store.put(key, row);
      }

      @Override
      public void remove(String key) {
        store.delete(key);
      }
    };
  }
}
