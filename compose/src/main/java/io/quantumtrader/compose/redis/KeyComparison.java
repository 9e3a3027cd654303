package io.quantumtrader.compose.redis;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.connectors.legacy.ExpectedKeys.Expected;
import io.quantumtrader.connectors.legacy.SinkSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The keys in Redis beside what the topics say.
 *
 * @param same keys that hold what they should
 * @param expired keys with a time to live that are gone, as they may be
 * @param missing keys that are not there
 * @param differing keys that hold something else, each with what differs
 * @param foreign keys below the prefix that last and that no topic explains
 */
record KeyComparison(
    int same, int expired, List<String> missing, List<String> differing, List<String> foreign) {

  private static final int SCANNED_AT_ONCE = 1_000;
  private static final long FOR_EVER = -1;

  /** Returns whether nothing is wrong. */
  boolean isFine() {
    return missing.isEmpty() && differing.isEmpty() && foreign.isEmpty();
  }

  /** Returns what is wrong here as well as there: what was on its way meanwhile is left out. */
  KeyComparison alsoIn(KeyComparison other) {
    return new KeyComparison(
        other.same,
        other.expired,
        both(missing, other.missing),
        both(differing, other.differing),
        both(foreign, other.foreign));
  }

  private static List<String> both(List<String> here, Collection<String> there) {
    return here.stream().filter(there::contains).toList();
  }

  /**
   * Compares.
   *
   * @param prefix what every key begins with
   * @param nowMs wall time, epoch milliseconds UTC
   */
  static KeyComparison of(
      RedisCommands<String, String> redis,
      String prefix,
      NavigableMap<String, Expected> expected,
      long nowMs) {
    int same = 0;
    int expired = 0;
    List<String> missing = new ArrayList<>();
    List<String> differing = new ArrayList<>();
    for (Map.Entry<String, Expected> each : expected.entrySet()) {
      String key = each.getKey();
      String type = redis.type(key);
      if (type.equals("none")) {
        if (each.getValue().expiresAtMs() <= nowMs) {
          expired++;
        } else {
          missing.add(key);
        }
        continue;
      }
      List<String> others = differences(redis, key, type, each.getValue());
      if (others.isEmpty()) {
        same++;
      } else {
        differing.add(key + " (" + String.join(", ", others) + ")");
      }
    }
    return new KeyComparison(
        same, expired, missing, differing, foreign(redis, prefix, expected.keySet()));
  }

  /** Fields beside those of the contract are nobody's concern: another reader may add them. */
  private static List<String> differences(
      RedisCommands<String, String> redis, String key, String type, Expected expected) {
    String wanted = expected.isHash() ? "hash" : "string";
    if (!type.equals(wanted)) {
      return List.of("a " + type);
    }
    if (!expected.isHash()) {
      return Objects.equals(redis.get(key), expected.text()) ? List.of() : List.of("the text");
    }
    Map<String, String> has = redis.hgetall(key);
    return expected.fields().entrySet().stream()
        .filter(field -> !field.getValue().equals(has.get(field.getKey())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Streams, and what lives for a minute or a day, come from topics that are not compared. */
  private static List<String> foreign(
      RedisCommands<String, String> redis, String prefix, Collection<String> expected) {
    TreeSet<String> foreign = new TreeSet<>();
    ScanIterator<String> scan =
        ScanIterator.scan(redis, ScanArgs.Builder.matches(prefix + "*").limit(SCANNED_AT_ONCE));
    while (scan.hasNext()) {
      String key = scan.next();
      boolean own = key.startsWith(prefix + SinkSettings.OWN_KEYS);
      if (!own
          && !expected.contains(key)
          && redis.ttl(key) == FOR_EVER
          && !redis.type(key).equals("stream")) {
        foreign.add(key);
      }
    }
    return List.copyOf(foreign);
  }
}
