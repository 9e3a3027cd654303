package io.quantumtrader.topology.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of one store, and beside them those that were read already, so that none is decoded
 * twice. A row that was written is read back from the store when it is first asked for: what a
 * decision sees is what lies there, before a restart as after one.
 *
 * <p>Keys begin with an account, which a colon or a bar ends. Each account's rows lie together, so
 * that what one account costs does not grow with the others of its task.
 *
 * <p>Only {@link AccountState} writes.
 *
 * @param <V> type of a row; never changed in place
 */
final class StoredRows<V> {

  private final KeyValueStore<String, V> store;

  /**
   * By account, its end included: so the accounts are in the order of their rows' keys. Null until
   * it is first needed; null in it, for a row that was not read since it was written.
   */
  private NavigableMap<String, NavigableMap<String, V>> decoded;

  StoredRows(KeyValueStore<String, V> store) {
    this.store = store;
  }

  /** Forgets what was read, so that it is read anew. */
  void readAnew() {
    decoded = null;
  }

  private NavigableMap<String, NavigableMap<String, V>> decoded() {
    if (decoded == null) {
      decoded = new TreeMap<>();
      try (KeyValueIterator<String, V> all = store.all()) {
        while (all.hasNext()) {
          KeyValue<String, V> row = all.next();
          ofAccount(row.key).put(row.key, row.value);
        }
      }
    }
    return decoded;
  }

  /** Returns the rows of the account that a key begins with, to be written to. */
  private NavigableMap<String, V> ofAccount(String key) {
    return decoded().computeIfAbsent(account(key), account -> new TreeMap<>());
  }

  private static String account(String key) {
    for (int i = 0; i < key.length(); i++) {
      char letter = key.charAt(i);
      if (letter == ':' || letter == '|') {
        return key.substring(0, i + 1);
      }
    }
    return key;
  }

  Optional<V> find(String key) {
    NavigableMap<String, V> rows = decoded().get(account(key));
    if (rows == null) {
      return Optional.empty();
    }
    V row = rows.get(key);
    return row == null && rows.containsKey(key)
        ? Optional.of(read(rows, key))
        : Optional.ofNullable(row);
  }

  /**
   * Returns the rows whose keys begin with this, ascending by key.
   *
   * @param prefix an account with its end, and perhaps more
   */
  List<V> startingWith(String prefix) {
    List<V> found = new ArrayList<>();
    forEach(prefix, (key, row) -> found.add(row));
    return found;
  }

  /** Returns the rows whose keys begin with this, with their keys, ascending by key. */
  List<Map.Entry<String, V>> entriesStartingWith(String prefix) {
    List<Map.Entry<String, V>> found = new ArrayList<>();
    forEach(prefix, (key, row) -> found.add(Map.entry(key, row)));
    return found;
  }

  private void forEach(String prefix, BiConsumer<String, V> found) {
    NavigableMap<String, V> rows = decoded().get(account(prefix));
    if (rows == null) {
      return;
    }
    for (Map.Entry<String, V> row : rows.tailMap(prefix, true).entrySet()) {
      if (!row.getKey().startsWith(prefix)) {
        return;
      }
      found.accept(row.getKey(), read(row));
    }
  }

  /** Returns all keys, ascending. */
  List<String> keys() {
    return decoded().values().stream().flatMap(rows -> rows.keySet().stream()).toList();
  }

  /** Returns all rows, ascending by key. */
  List<V> all() {
    return decoded().values().stream()
        .flatMap(rows -> rows.entrySet().stream())
        .map(this::read)
        .toList();
  }

  void put(String key, V row) {
    store.put(key, row);
    ofAccount(key).put(key, null);
  }

  void delete(String key) {
    store.delete(key);
    NavigableMap<String, V> rows = ofAccount(key);
    rows.remove(key);
    if (rows.isEmpty()) {
      decoded.remove(account(key));
    }
  }

  private V read(NavigableMap<String, V> rows, String key) {
    V row = store.get(key);
    rows.put(key, row);
    return row;
  }

  private V read(Map.Entry<String, V> entry) {
    if (entry.getValue() == null) {
      entry.setValue(store.get(entry.getKey()));
    }
    return entry.getValue();
  }
}
