package io.quantumtrader.compose.real;

import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics to their ends, again and again, each committed record once. */
final class TopicFollower implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> lastOffsets = new HashMap<>();

  TopicFollower(String bootstrapServers, List<Topic> topics) {
    // A fetch that waits for more would be waited for when the consumer is closed.
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "fetch.max.wait.ms", "10"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Hands over what was committed since the last time, partition by partition. */
  void read(Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    TopicReader.readTo(
        consumer,
        consumer.endOffsets(partitions),
        TIMEOUT,
        record -> {
          TopicPartition of = new TopicPartition(record.topic(), record.partition());
          lastOffsets.put(of, record.offset());
          taker.accept(record);
        });
  }

  /** Reads on and returns the offset of the last record of each partition that has one. */
  Map<TopicPartition, Long> lastOffsets() {
    read(record -> {});
    return Map.copyOf(lastOffsets);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
