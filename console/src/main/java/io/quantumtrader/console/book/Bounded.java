package io.quantumtrader.console.book;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that forget what was put in first. */
final class Bounded {

  private Bounded() {}

  /**
   * Returns an empty map.
   *
   * @param most how many entries it keeps
   */
  static <K, V> Map<K, V> map(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
