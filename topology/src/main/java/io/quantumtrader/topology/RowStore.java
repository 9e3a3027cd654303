package io.quantumtrader.topology;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of a global table as they were decoded, in memory. Each is decoded once, when it comes;
 * a store of bytes would decode it at each of the look-ups that every decision makes. One thread
 * writes, any may read.
 *
 * @param <V> type of a row; never changed in place
 */
final class RowStore<V> implements KeyValueStore<String, V> {

  private final String name;
  private final String topic;
  private final Deserializer<V> deserializer;
  private final Map<String, V> rows = new ConcurrentHashMap<>();
  private volatile boolean open;

  RowStore(String name, String topic, Deserializer<V> deserializer) {
    this.name = name;
    this.topic = topic;
    this.deserializer = deserializer;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    StringDeserializer keys = new StringDeserializer();
    context.register(
        root,
        (key, value) ->
            put(
                keys.deserialize(topic, key),
                value == null ? null : deserializer.deserialize(topic, value)));
    open = true;
  }

  @Override
  public V get(String key) {
    return rows.get(key);
  }

  @Override
  public void put(String key, V row) {
    if (row == null) {
      rows.remove(key);
    } else {
      rows.put(key, row);
    }
  }

  @Override
  public V putIfAbsent(String key, V row) {
    V before = rows.get(key);
    if (before == null) {
      put(key, row);
    }
    return before;
  }

  @Override
  public void putAll(List<KeyValue<String, V>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public V delete(String key) {
    return rows.remove(key);
  }

  @Override
  public KeyValueIterator<String, V> all() {
    return iterate(sorted());
  }

  @Override
  public KeyValueIterator<String, V> range(String from, String to) {
    NavigableMap<String, V> rest = from == null ? sorted() : sorted().tailMap(from, true);
    return iterate(to == null ? rest : rest.headMap(to, true));
  }

  @Override
  public long approximateNumEntries() {
    return rows.size();
  }

  @Override
  public void close() {
    open = false;
    rows.clear();
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Every decision looks rows up by their keys; hardly anything asks for their order. */
  private NavigableMap<String, V> sorted() {
    return new TreeMap<>(rows);
  }

  private static <V> KeyValueIterator<String, V> iterate(NavigableMap<String, V> rows) {
    Iterator<Map.Entry<String, V>> entries = rows.entrySet().iterator();
    return new KeyValueIterator<>() {
      private Map.Entry<String, V> ahead = entries.hasNext() ? entries.next() : null;

      @Override
      public boolean hasNext() {
        return ahead != null;
      }

      @Override
      public KeyValue<String, V> next() {
        if (ahead == null) {
          throw new NoSuchElementException();
        }
        KeyValue<String, V> row = KeyValue.pair(ahead.getKey(), ahead.getValue());
        ahead = entries.hasNext() ? entries.next() : null;
        return row;
      }

      @Override
      public String peekNextKey() {
        if (ahead == null) {
          throw new NoSuchElementException();
        }
        return ahead.getKey();
      }

      @Override
      public void close() {
        // There is nothing to let go.
      }
    };
  }
}
