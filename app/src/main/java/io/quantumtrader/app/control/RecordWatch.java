package io.quantumtrader.app.control;

import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Waits for committed records of some topics that are written from now on. Not safe for use by
 * several threads.
 */
public final class RecordWatch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Deserializer<? extends SpecificRecord>> values = new HashMap<>();

  /**
   * Begins to watch: what is written after this returns will be seen.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @param topics what to watch; each has a schema
   * @throws KafkaException if a topic cannot be read
   */
  public RecordWatch(Map<String, Object> client, RecordSerdes serdes, Set<Topic> topics) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : topics) {
      values.put(topic.topicName(), serdes.of(topic.valueType().orElseThrow()).deserializer());
      consumer
          .partitionsFor(topic.topicName())
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /**
   * Hands records over as they come.
   *
   * @param isEnough takes each record and returns whether it was the last that is wanted
   * @param patience how long to wait for that
   * @return false if the time ran out
   */
  public boolean await(Predicate<SpecificRecord> isEnough, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> taken : consumer.poll(POLL)) {
        if (isEnough(taken, isEnough)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isEnough(
      ConsumerRecord<byte[], byte[]> taken, Predicate<SpecificRecord> isEnough) {
    try {
      SpecificRecord value =
          values.get(taken.topic()).deserialize(taken.topic(), taken.headers(), taken.value());
      return value != null && isEnough.test(value);
    } catch (SerializationException e) {
      // Somebody else's record; it is not what is waited for.
      return false;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
