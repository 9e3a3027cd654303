package io.quantumtrader.market.lockstep;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.quantumtrader.schemas.topic.Topic;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who reads what in a pipeline, and which topics it writes.
 *
 * @param readers topics by the consumer group that reads them
 * @param topics every topic that a transaction of the pipeline may write to; those that are read
 *     belong to them too
 */
public record Pipeline(Map<String, Set<String>> readers, Set<String> topics) {

  public Pipeline {
    Map<String, Set<String>> read = new TreeMap<>();
    readers.forEach((group, names) -> read.put(group, Set.copyOf(names)));
    readers = Map.copyOf(read);
    Set<String> all = new TreeSet<>(topics);
    readers.values().forEach(all::addAll);
    topics = Set.copyOf(all);
  }

  /** Returns the topics of the catalog, and nobody who reads them yet. */
  public static Pipeline ofCatalog() {
    return new Pipeline(
        Map.of(), Arrays.stream(Topic.values()).map(Topic::topicName).collect(toUnmodifiableSet()));
  }

  /** Returns this pipeline with one more group that reads these topics. */
  public Pipeline with(String group, Set<String> topicsRead) {
    Map<String, Set<String>> more = new TreeMap<>(readers);
    more.put(group, topicsRead);
    return new Pipeline(more, topics);
  }
}
