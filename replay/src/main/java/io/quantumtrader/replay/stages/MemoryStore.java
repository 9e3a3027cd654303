package io.quantumtrader.replay.stages;

import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store in memory that keeps bytes, as those of Kafka Streams do: what is read is what was
 * written by the serde, and keys are in the order of their bytes.
 *
 * @param <K> type of a key
 * @param <V> type of a value
 */
public final class MemoryStore<K, V> implements KeyValueStore<K, V> {

  private final String name;
  private final String topic;
  private final Serializer<K> keyWriter;
  private final Deserializer<K> keyReader;
  private final Serializer<V> valueWriter;
  private final Deserializer<V> valueReader;
  private final BiConsumer<byte[], byte[]> changelog;
  private final ByteRows rows = new ByteRows();
  private final boolean avro;
  private final List<Rows> reading = new ArrayList<>();
  private boolean open;

  /**
   * Creates an empty store.
   *
   * @param topic name of its changelog, which serdes are told as the topic
   * @param changelog hears of each change, null for a row that is gone
   */
  MemoryStore(
      String name,
      String topic,
      Serde<K> keys,
      Serde<V> values,
      BiConsumer<byte[], byte[]> changelog) {
    this.name = name;
    this.topic = topic;
    this.keyWriter = keys.serializer();
    this.keyReader = keys.deserializer();
    this.valueWriter = values.serializer();
    this.valueReader = values.deserializer();
    this.avro = RecordSerdes.writesRegistryFormat(values);
    this.changelog = changelog;
  }

  /** Returns the rows as bytes, ascending by key; a view. */
  public NavigableMap<byte[], byte[]> rows() {
    return rows.inOrder();
  }

  /** Returns whether values are in the registry's wire format. */
  public boolean isAvro() {
    return avro;
  }

  /** Puts a row back as it was written before; the changelog does not hear of it. */
  void restore(byte[] key, byte[] value) {
    reading.forEach(Rows::detach);
    reading.clear();
    rows.put(key, value);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, this::restore);
    open = true;
  }

  @Override
  public void put(K key, V value) {
    byte[] at = keyWriter.serialize(topic, key);
    byte[] bytes = value == null ? null : valueWriter.serialize(topic, value);
    restore(at, bytes);
    changelog.accept(at, bytes);
  }

  @Override
  public V putIfAbsent(K key, V value) {
    V there = get(key);
    if (there == null) {
      put(key, value);
    }
    return there;
  }

  @Override
  public void putAll(List<KeyValue<K, V>> entries) {
    entries.forEach(each -> put(each.key, each.value));
  }

  @Override
  public V delete(K key) {
    V there = get(key);
    put(key, null);
    return there;
  }

  @Override
  public V get(K key) {
    return value(rows.get(keyWriter.serialize(topic, key)));
  }

  private V value(byte[] bytes) {
    return bytes == null ? null : valueReader.deserialize(topic, bytes);
  }

  @Override
  public KeyValueIterator<K, V> range(K from, K to) {
    return iterator(between(from, to));
  }

  @Override
  public KeyValueIterator<K, V> reverseRange(K from, K to) {
    return iterator(between(from, to).descendingMap());
  }

  private NavigableMap<byte[], byte[]> between(K from, K to) {
    NavigableMap<byte[], byte[]> part = rows.inOrder();
    if (from != null) {
      part = part.tailMap(keyWriter.serialize(topic, from), true);
    }
    return to == null ? part : part.headMap(keyWriter.serialize(topic, to), true);
  }

  @Override
  public KeyValueIterator<K, V> all() {
    return iterator(rows.inOrder());
  }

  @Override
  public KeyValueIterator<K, V> reverseAll() {
    return iterator(rows.inOrder().descendingMap());
  }

  @Override
  public <PS extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, PS serializer) {
    byte[] from = serializer.serialize(topic, prefix);
    byte[] behind = behind(from);
    NavigableMap<byte[], byte[]> part = rows.inOrder().tailMap(from, true);
    return iterator(behind == null ? part : part.headMap(behind, false));
  }

  /** Returns the first key behind all that begin so; null where there is none. */
  private static byte[] behind(byte[] prefix) {
    for (int length = prefix.length; length > 0; length--) {
      if (prefix[length - 1] != (byte) 0xff) {
        byte[] behind = Arrays.copyOf(prefix, length);
        behind[length - 1]++;
        return behind;
      }
    }
    return null;
  }

  private KeyValueIterator<K, V> iterator(NavigableMap<byte[], byte[]> part) {
    Rows begun = new Rows(part);
    if (begun.hasNext()) {
      reading.add(begun);
    }
    return begun;
  }

  /**
   * Rows as they were when it was begun, as RocksDB gives them: whatever is written meanwhile does
   * not show. Only then is what is left of them copied.
   */
  private final class Rows implements KeyValueIterator<K, V> {

    private Iterator<Map.Entry<byte[], byte[]>> entries;
    private Map.Entry<byte[], byte[]> next;

    private Rows(NavigableMap<byte[], byte[]> part) {
      entries = part.entrySet().iterator();
      advance();
    }

    /** An entry of the map itself may get another value, and even another key. */
    private void advance() {
      next = entries.hasNext() ? fixed(entries.next()) : null;
    }

    private static Map.Entry<byte[], byte[]> fixed(Map.Entry<byte[], byte[]> row) {
      return Map.entry(row.getKey(), row.getValue());
    }

    /** Goes on by itself, before the rows change. */
    private void detach() {
      List<Map.Entry<byte[], byte[]>> left = new ArrayList<>();
      entries.forEachRemaining(row -> left.add(fixed(row)));
      entries = left.iterator();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public K peekNextKey() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      return keyReader.deserialize(topic, next.getKey());
    }

    @Override
    public KeyValue<K, V> next() {
      K key = peekNextKey();
      V value = value(next.getValue());
      advance();
      if (next == null) {
        close();
      }
      return new KeyValue<>(key, value);
    }

    /** One that is closed, or at its end, is not copied any more. */
    @Override
    public void close() {
      reading.removeIf(each -> each == this);
    }
  }

  @Override
  public long approximateNumEntries() {
    return rows.size();
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }
}
