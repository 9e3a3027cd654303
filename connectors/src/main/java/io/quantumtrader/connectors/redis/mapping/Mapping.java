package io.quantumtrader.connectors.redis.mapping;

import java.util.Map;
import java.util.Set;

/** A mapping from the records of topics to Redis commands, read and checked. */
public final class Mapping {

  private final Map<String, TopicMapping> topics;

  Mapping(Map<String, TopicMapping> topics) {
    this.topics = Map.copyOf(topics);
  }

  /**
   * Reads a mapping.
   *
   * @param json its text
   * @throws MappingException if it cannot be read
   */
  public static Mapping parse(String json) {
    return MappingParser.parse(json);
  }

  /** Returns the topics it knows. */
  public Set<String> topics() {
    return topics.keySet();
  }

  TopicMapping of(String topic) {
    return topics.get(topic);
  }
}
