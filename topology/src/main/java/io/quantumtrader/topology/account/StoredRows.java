package io.quantumtrader.topology.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of one store, and beside them those that were read already, so that none is decoded
 * twice. A row that was written is read back from the store when it is first asked for: what a
 * decision sees is what lies there, before a restart as after one.
 *
 * <p>Only {@link AccountState} writes.
 *
 * @param <V> type of a row; never changed in place
 */
final class StoredRows<V> {

  private final KeyValueStore<String, V> store;

  /** Null until it is first needed; in it, for a row that was not read since it was written. */
  private NavigableMap<String, V> decoded;

  StoredRows(KeyValueStore<String, V> store) {
    this.store = store;
  }

  /** Forgets what was read, so that it is read anew. */
  void readAnew() {
    decoded = null;
  }

  private NavigableMap<String, V> decoded() {
    if (decoded == null) {
      decoded = new TreeMap<>();
      try (KeyValueIterator<String, V> all = store.all()) {
        while (all.hasNext()) {
          KeyValue<String, V> row = all.next();
          decoded.put(row.key, row.value);
        }
      }
    }
    return decoded;
  }

  Optional<V> find(String key) {
    V row = decoded().get(key);
    return row == null && decoded().containsKey(key)
        ? Optional.of(read(key))
        : Optional.ofNullable(row);
  }

  /** Returns the rows whose keys begin with this, ascending by key. */
  List<V> startingWith(String prefix) {
    List<V> rows = new ArrayList<>();
    for (Map.Entry<String, V> row : decoded().tailMap(prefix, true).entrySet()) {
      if (!row.getKey().startsWith(prefix)) {
        break;
      }
      rows.add(read(row));
    }
    return rows;
  }

  /** Returns the rows whose keys begin with this, with their keys, ascending by key. */
  List<Map.Entry<String, V>> entriesStartingWith(String prefix) {
    List<Map.Entry<String, V>> found = new ArrayList<>();
    for (Map.Entry<String, V> row : decoded().tailMap(prefix, true).entrySet()) {
      if (!row.getKey().startsWith(prefix)) {
        break;
      }
      found.add(Map.entry(row.getKey(), read(row)));
    }
    return found;
  }

  /** Returns all keys, ascending. */
  List<String> keys() {
    return List.copyOf(decoded().keySet());
  }

  /** Returns all rows, ascending by key. */
  List<V> all() {
    return startingWith("");
  }

  void put(String key, V row) {
    store.put(key, row);
    decoded().put(key, null);
  }

  void delete(String key) {
    store.delete(key);
    decoded().remove(key);
  }

  private V read(String key) {
    V row = store.get(key);
    decoded.put(key, row);
    return row;
  }

  private V read(Map.Entry<String, V> entry) {
    if (entry.getValue() == null) {
      entry.setValue(store.get(entry.getKey()));
    }
    return entry.getValue();
  }
}
