package io.quantumtrader.bench.run;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where topics end, and what was committed to them between two moments. */
public final class Offsets {

  private static final Duration READ_WITHIN = Duration.ofMinutes(2);

  private Offsets() {}

  /** Returns the partitions of all topics with such names. */
  public static List<TopicPartition> partitions(BenchStack stack, Predicate<String> topics) {
    Collection<String> names =
        Waiting.answer(stack.admin().listTopics().names()).stream().filter(topics).toList();
    return Waiting.answer(stack.admin().describeTopics(names).allTopicNames()).values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(each -> new TopicPartition(topic.name(), each.partition())))
        .toList();
  }

  /** Returns where each partition ends. */
  public static Map<TopicPartition, Long> ends(
      BenchStack stack, Collection<TopicPartition> partitions) {
    return Waiting.answer(
            stack
                .admin()
                .listOffsets(
                    partitions.stream()
                        .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
                .all())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Entry::getKey, each -> each.getValue().offset()));
  }

  /** Reads all committed records between two moments, in the order of each partition. */
  public static void read(
      BenchStack stack,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> left = new HashMap<>(to);
    left.entrySet().removeIf(each -> from.getOrDefault(each.getKey(), 0L) >= each.getValue());
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(stack)) {
      consumer.assign(left.keySet());
      left.keySet().forEach(each -> consumer.seek(each, from.getOrDefault(each, 0L)));
      long end = System.nanoTime() + READ_WITHIN.toNanos();
      while (!left.isEmpty() && System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          Long last = to.get(new TopicPartition(record.topic(), record.partition()));
          if (record.offset() < last) {
            reader.accept(record);
          }
        }
        left.entrySet().removeIf(each -> consumer.position(each.getKey()) >= each.getValue());
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException("could not read up to " + left);
    }
  }

  /** Returns a reader of what is committed, whose work is not measured. */
  public static KafkaConsumer<byte[], byte[]> consumer(BenchStack stack) {
    Map<String, Object> settings = stack.own();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
