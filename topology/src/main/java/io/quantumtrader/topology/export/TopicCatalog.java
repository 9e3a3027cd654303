package io.quantumtrader.topology.export;

import java.util.Map;
import java.util.Optional;

/** What is known of topics before a broker is asked. */
@FunctionalInterface
public interface TopicCatalog {

  /** Knows no topic: partitions and settings stay open, types are the serdes'. */
  TopicCatalog NONE = name -> Optional.empty();

  /**
   * What is known of a topic.
   *
   * @param partitions partition count, 1 or more
   * @param settings topic settings beyond the broker's
   * @param key what the key says, for people
   * @param valueType full name of the Avro record, or another name for the bytes
   */
  record Entry(int partitions, Map<String, String> settings, String key, String valueType) {}

  /** Returns what is known of the topic of this name. */
  Optional<Entry> entry(String topicName);
}
