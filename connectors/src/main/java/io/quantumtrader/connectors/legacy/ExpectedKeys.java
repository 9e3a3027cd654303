package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.redis.write.RedisWrite;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The keys that Redis should have by the compacted topics, with what is in them: what the sink
 * would have written for the last record of each key, one after the other.
 */
public final class ExpectedKeys {

  private static final long SECOND_MS = 1_000;

  private final NavigableMap<String, Expected> keys = new TreeMap<>();

  /**
   * What a key should hold.
   *
   * @param fields of a hash; empty for a text
   * @param text of a text; null for a hash
   * @param expiresAtMs when it is gone by itself, epoch milliseconds UTC; {@link Long#MAX_VALUE}
   *     for never. The sink wrote it a little after that of its record.
   */
  public record Expected(Map<String, String> fields, String text, long expiresAtMs) {

    /** Returns whether it is a hash. */
    public boolean isHash() {
      return text == null;
    }
  }

  private ExpectedKeys() {}

  /**
   * Reads the topics.
   *
   * @param reader of the pipeline's topics
   * @param registry settings of the registry client, {@code schema.registry.url} at least
   * @param keyPrefix what the sink's keys begin with
   * @throws org.apache.kafka.common.KafkaException if a topic cannot be read to its end in time
   */
  public static NavigableMap<String, Expected> read(
      TopicReader reader, Map<String, Object> registry, String keyPrefix, Clock clock) {
    ExpectedKeys expected = new ExpectedKeys();
    KeyWrites writes = new KeyWrites(registry, keyPrefix, clock);
    for (Topic topic : LegacyContract.TOPICS) {
      if (topic == Topic.CONTROL) {
        // The state of all accounts is what its records say one after the other.
        reader.readLast(
            topic,
            Long.MAX_VALUE,
            record -> writes.of(record).forEach(write -> expected.take(write, record.timestamp())));
      } else if (topic.cleanup() == Topic.Cleanup.COMPACT) {
        Map<String, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
        reader.readLast(topic, Long.MAX_VALUE, record -> last.put(KeyWrites.key(record), record));
        last.values()
            .forEach(
                record ->
                    writes.of(record).forEach(write -> expected.take(write, record.timestamp())));
      }
    }
    return Collections.unmodifiableNavigableMap(expected.keys);
  }

  private void take(RedisWrite write, long atMs) {
    List<String> words = write.arguments();
    String key = words.getFirst();
    switch (write.command()) {
      case "DEL" -> words.forEach(keys::remove);
      case "SET" -> keys.put(key, new Expected(Map.of(), words.get(1), expiry(words, atMs)));
      case "HSET" -> put(key, words);
      case "HSETNX" -> putMissing(key, words);
      case "EXPIRE" -> expire(key, atMs + Long.parseLong(words.get(1)) * SECOND_MS);
      case "PEXPIRE" -> expire(key, atMs + Long.parseLong(words.get(1)));
      default -> throw new IllegalStateException("the contract writes no " + write.command());
    }
  }

  /** A text has its time to live in the same command: EX and seconds, or PX and milliseconds. */
  private static long expiry(List<String> words, long atMs) {
    if (words.size() < 4) {
      return Long.MAX_VALUE;
    }
    long time = Long.parseLong(words.get(3));
    return atMs + (words.get(2).equals("EX") ? time * SECOND_MS : time);
  }

  private void expire(String key, long atMs) {
    keys.computeIfPresent(key, (any, has) -> new Expected(has.fields(), has.text(), atMs));
  }

  private void putMissing(String key, List<String> words) {
    Expected before = keys.get(key);
    if (before == null || !before.fields().containsKey(words.get(1))) {
      put(key, words);
    }
  }

  private void put(String key, List<String> words) {
    Map<String, String> fields = new TreeMap<>();
    Expected before = keys.get(key);
    if (before != null) {
      fields.putAll(before.fields());
    }
    for (int index = 1; index + 1 < words.size(); index += 2) {
      fields.put(words.get(index), words.get(index + 1));
    }
    keys.put(
        key,
        new Expected(
            Collections.unmodifiableMap(fields),
            null,
            before == null ? Long.MAX_VALUE : before.expiresAtMs()));
  }
}
