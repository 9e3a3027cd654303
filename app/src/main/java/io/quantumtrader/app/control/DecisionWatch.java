package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Waits for decisions that are written from now on. Not safe for use by several threads. */
public final class DecisionWatch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Deserializer<Decision> decisions;

  /**
   * Begins to watch: what is written after this returns will be seen.
   *
   * @param bootstrapServers broker addresses
   * @param serdes value serdes
   * @throws KafkaException if the topic cannot be read
   */
  public DecisionWatch(String bootstrapServers, RecordSerdes serdes) {
    decisions = serdes.of(Decision.class).deserializer();
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topic.DECISION.topicName()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /**
   * Hands decisions over as they come.
   *
   * @param isEnough takes each decision and returns whether it was the last that is wanted
   * @param patience how long to wait for that
   * @return false if the time ran out
   */
  public boolean await(Predicate<Decision> isEnough, Duration patience) {
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

  private boolean isEnough(ConsumerRecord<byte[], byte[]> taken, Predicate<Decision> isEnough) {
    try {
      Decision decision = decisions.deserialize(taken.topic(), taken.headers(), taken.value());
      return decision != null && isEnough.test(decision);
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
