package io.quantumtrader.replay.stages;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/**
 * Rows of bytes by key. Most stores are only asked for single rows, and hold many: an order of
 * their keys is kept from when somebody first reads them in order.
 */
final class ByteRows {

  private final Map<Bytes, byte[]> byKey = new HashMap<>();
  private NavigableMap<byte[], byte[]> inOrder;

  /** Returns the value of a key; null where there is none. */
  byte[] get(byte[] key) {
    return byKey.get(Bytes.wrap(key));
  }

  /**
   * Puts a row.
   *
   * @param value null takes the row away
   */
  void put(byte[] key, byte[] value) {
    Bytes at = Bytes.wrap(key);
    if (value == null) {
      byKey.remove(at);
    } else {
      byKey.put(at, value);
    }
    if (inOrder != null) {
      set(key, value);
    }
  }

  private void set(byte[] key, byte[] value) {
    if (value == null) {
      inOrder.remove(key);
    } else {
      inOrder.put(key, value);
    }
  }

  /** Returns how many rows there are. */
  int size() {
    return byKey.size();
  }

  /** Returns the rows, ascending by the unsigned bytes of their keys; a view. */
  NavigableMap<byte[], byte[]> inOrder() {
    if (inOrder == null) {
      inOrder = new TreeMap<>(Arrays::compareUnsigned);
      byKey.forEach((key, value) -> inOrder.put(key.get(), value));
    }
    return inOrder;
  }
}
