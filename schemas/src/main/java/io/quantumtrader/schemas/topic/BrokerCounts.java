package io.quantumtrader.schemas.topic;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;

/**
 * The partition counts that the broker's topics have. They are chosen once, at registration; who
 * comes later goes by what is there.
 */
public final class BrokerCounts {

  private final Map<PartitionGroup, Integer> known = new EnumMap<>(PartitionGroup.class);
  private final List<Topic> missing;

  /**
   * Takes what was found.
   *
   * @param partitions partition count of each topic that exists
   * @throws KafkaException if topics that need the same count have not
   */
  BrokerCounts(Map<Topic, Integer> partitions) {
    missing =
        Arrays.stream(Topic.values()).filter(topic -> !partitions.containsKey(topic)).toList();
    Map<PartitionGroup, Topic> first = new EnumMap<>(PartitionGroup.class);
    partitions.forEach(
        (topic, count) -> {
          Topic other = first.putIfAbsent(topic.group(), topic);
          if (other != null && !known.get(topic.group()).equals(count)) {
            throw new KafkaException(
                "%s has %d partitions and %s has %d, but both need the same count"
                    .formatted(
                        other.topicName(), known.get(topic.group()), topic.topicName(), count));
          }
          known.put(topic.group(), count);
        });
  }

  /**
   * Asks the broker.
   *
   * @param timeout for each answer
   * @throws KafkaException if it does not answer, or if topics that need the same count have not
   */
  public static BrokerCounts of(Admin admin, Duration timeout) {
    Set<String> existing = AdminCalls.await(admin.listTopics().names(), timeout, "listing topics");
    List<Topic> there =
        Arrays.stream(Topic.values()).filter(t -> existing.contains(t.topicName())).toList();
    Map<String, TopicDescription> described =
        AdminCalls.await(
            admin.describeTopics(there.stream().map(Topic::topicName).toList()).allTopicNames(),
            timeout,
            "describing topics");
    Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
    there.forEach(
        each -> partitions.put(each, described.get(each.topicName()).partitions().size()));
    return new BrokerCounts(partitions);
  }

  /**
   * Returns the counts, where the registration step has been run.
   *
   * @throws KafkaException if a topic is missing, or if the user may not see it
   */
  public PartitionCounts all() {
    if (!missing.isEmpty()) {
      throw new KafkaException(
          missing.getFirst().topicName()
              + " does not exist, or its user may not describe it: run the registration step");
    }
    return new PartitionCounts(known.get(PartitionGroup.SYMBOL), known.get(PartitionGroup.ACCOUNT));
  }

  /**
   * Returns the counts for a registration: those of topics that exist, else those that are wanted,
   * else {@link PartitionCounts#DEFAULT}.
   *
   * @param symbol wanted partitions of symbol-keyed topics, 1 or more; empty: any
   * @param account wanted partitions of account-keyed topics, 1 or more; empty: any
   * @throws IllegalArgumentException if topics exist that have another count than is wanted
   */
  public PartitionCounts wanting(OptionalInt symbol, OptionalInt account) {
    return new PartitionCounts(
        wanting(PartitionGroup.SYMBOL, symbol), wanting(PartitionGroup.ACCOUNT, account));
  }

  private int wanting(PartitionGroup group, OptionalInt wanted) {
    Integer there = known.get(group);
    if (there == null) {
      return wanted.orElse(PartitionCounts.DEFAULT.of(group));
    }
    if (wanted.isPresent() && wanted.getAsInt() != there) {
      throw new IllegalArgumentException(
          "topics keyed by %s have %d partitions here, not %d: more partitions would move keys"
              .formatted(group.name().toLowerCase(Locale.ROOT), there, wanted.getAsInt()));
    }
    return there;
  }
}
