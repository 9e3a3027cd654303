package io.quantumtrader.connectors.redis.source;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One look at watched keys: what of them is the sink's and what is somebody else's.
 *
 * <p>The sink's is what equals its mark, the note of what it wrote. Where the sink gives its values
 * a time to live that nobody else would ({@code writtenTtl}), a value without that is somebody
 * else's even if it is the same: SET takes a time to live away.
 */
final class KeyLook {

  private final SourceMapping.KeySpec spec;
  private final List<HeldValue> held;
  private final Map<String, String> others = new LinkedHashMap<>();
  private final Set<String> own = new LinkedHashSet<>();
  private final Map<String, String> marks = new LinkedHashMap<>();
  private final String elsewhere;

  /**
   * Creates it.
   *
   * @param held the keys, then the marks, then what was set elsewhere, as far as the mapping names
   *     them
   */
  KeyLook(SourceMapping.KeySpec spec, List<HeldValue> held) {
    this.spec = spec;
    this.held = held;
    int count = spec.keys().size();
    for (int i = 0; i < count; i++) {
      String key = spec.keys().get(i);
      if (spec.written() != null && held.get(count + i).value() != null) {
        marks.put(key, held.get(count + i).text());
      }
      boolean isOwn = isOwn(key, held.get(i));
      if (isOwn) {
        own.add(key);
      }
      others.put(key, isOwn ? "" : held.get(i).text());
    }
    elsewhere = spec.elsewhere() == null ? "" : held.getLast().text();
  }

  private boolean isOwn(String key, HeldValue value) {
    if (!marks.containsKey(key)) {
      return false;
    }
    String mark = value(mark(key));
    return mark.equals(value.text())
        && (mark.isEmpty()
            || spec.writtenTtl() == null
            || value.ttlMs() >= 1000L * spec.writtenTtl());
  }

  /** A mark is {@code stamp=value}. */
  static String value(String mark) {
    return mark.substring(mark.indexOf('=') + 1);
  }

  /** Returns whether the sink has left marks. */
  boolean isMarked() {
    return !marks.isEmpty();
  }

  /** Returns what distinguishes the last setting elsewhere from those before; may be empty. */
  String elsewhereStamp() {
    return elsewhere.substring(0, Math.max(0, elsewhere.indexOf('=')));
  }

  /** Returns the keys that hold what the sink wrote, absent ones included. */
  Set<String> own() {
    return own;
  }

  /** Returns what others have put into a key; empty where it is absent or the sink's. */
  String others(String key) {
    return others.get(key);
  }

  /** Returns what the sink wrote to a key last, with its stamp; empty where it never did. */
  String mark(String key) {
    return marks.getOrDefault(key, "");
  }

  /**
   * Returns the change since something was last said.
   *
   * @param said what was last said of each key
   * @param kept keys for which that stands although they hold what the sink wrote
   * @param overruled whether what was set elsewhere no longer counts
   */
  KeyReader.Change change(Map<String, String> said, Set<String> kept, boolean overruled) {
    Map<String, String> now = new LinkedHashMap<>(others);
    kept.forEach(key -> now.put(key, said.get(key)));
    Set<String> against = new LinkedHashSet<>();
    for (String key : marks.keySet()) {
      String value = others.get(key);
      boolean isNew = value.isEmpty() ? said.get(key).isEmpty() : !value.equals(said.get(key));
      if (!value(mark(key)).isEmpty() && !own.contains(key) && isNew) {
        against.add(key);
      }
    }
    return new KeyReader.Change(now, said, against, overruled ? "" : value(elsewhere));
  }

  /** Returns the keys that hold no text. */
  List<String> wrongTyped() {
    return spec.keys().stream().filter(key -> KeyReader.NO_STRING.equals(others.get(key))).toList();
  }

  /** Returns a text that is the same exactly as long as nothing changes but times to live. */
  @Override
  public String toString() {
    return held.stream().map(HeldValue::value).toList() + " own " + own;
  }
}
