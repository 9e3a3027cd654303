package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.Offsets;
import io.quantumtrader.bench.run.Waiting;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * All that an application wrote between two moments, to topics and changelogs, to be written again
 * byte for byte. It goes to copies of the topics, equal in partitions and clean-up: some of the
 * topics are read by the application itself, and its changelogs are its alone.
 */
final class Recording {

  /** What the names of the copies begin with. */
  static final String COPY = "copy-";

  private static final short ONE_REPLICA = 1;

  private final BenchStack stack;
  private final Predicate<String> written;
  private Map<TopicPartition, Long> from = Map.of();
  private List<ProducerRecord<byte[], byte[]>> records = List.of();
  private long bytes;

  /**
   * Prepares a recording.
   *
   * @param application application whose changelogs are recorded, beside the topics of the catalog
   * @param given topics that are written by others
   */
  Recording(BenchStack stack, String application, Set<Topic> given) {
    this.stack = stack;
    this.written =
        name ->
            name.startsWith(application + "-")
                || Topic.named(name).filter(topic -> !given.contains(topic)).isPresent();
  }

  /** Begins: what is written from now on counts. */
  void begin() {
    from = Offsets.ends(stack, Offsets.partitions(stack, written));
  }

  /** Ends: what was written until now is kept, and a copy of each topic is made. */
  void end() {
    Map<TopicPartition, Long> to = Offsets.ends(stack, Offsets.partitions(stack, written));
    List<ProducerRecord<byte[], byte[]>> read = new ArrayList<>();
    Offsets.read(
        stack,
        from,
        to,
        record ->
            read.add(
                new ProducerRecord<>(
                    COPY + record.topic(),
                    record.partition(),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    record.headers())));
    records = List.copyOf(read);
    bytes = records.stream().mapToLong(each -> length(each.key()) + length(each.value())).sum();
    copyTopics(to.keySet());
  }

  private static long length(byte[] part) {
    return part == null ? 0 : part.length;
  }

  private void copyTopics(Set<TopicPartition> partitions) {
    Map<String, Long> counts =
        partitions.stream()
            .collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()));
    Set<String> missing = new HashSet<>(counts.keySet());
    Set<String> existing = Waiting.answer(stack.admin().listTopics().names());
    missing.removeIf(name -> existing.contains(COPY + name));
    List<ConfigResource> asked =
        missing.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, Config> settings =
        Waiting.answer(stack.admin().describeConfigs(asked).all());
    List<NewTopic> copies =
        asked.stream()
            .map(
                topic ->
                    new NewTopic(
                            COPY + topic.name(), counts.get(topic.name()).intValue(), ONE_REPLICA)
                        .configs(
                            Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                settings
                                    .get(topic)
                                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                                    .value())))
            .toList();
    Waiting.answer(stack.admin().createTopics(copies).all());
  }

  /** Returns what was written, in the order of each partition. */
  List<ProducerRecord<byte[], byte[]>> records() {
    return records;
  }

  /** Returns keys and values of all of it, bytes. */
  long bytes() {
    return bytes;
  }
}
