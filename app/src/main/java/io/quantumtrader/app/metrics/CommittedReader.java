package io.quantumtrader.app.metrics;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.ClientIds;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed records for the metrics: tables from their beginning, since what they say holds
 * now; all else from its end, since what happened before this process is in what an earlier one
 * counted. It belongs to no group and changes nothing.
 *
 * <p>A registry that is away is waited for; a record that cannot be decoded is counted and left
 * out. Trouble with the broker is left to the Kafka client, which tries again by itself.
 */
final class CommittedReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommittedReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long REGISTRY_PAUSE_MS = 1_000;
  private static final long STOP_SECONDS = 5;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<Topic, Deserializer<? extends SpecificRecord>> deserializers =
      new EnumMap<>(Topic.class);
  private final PipelineMetrics metrics;
  private final Set<Topic> counted;
  private final BiConsumer<TopicPartition, Long> seen;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "quantum-metrics-reader");
  private volatile String trouble;

  /**
   * Attaches to the topics, which must exist.
   *
   * @param clients client configuration, {@code bootstrap.servers} at least
   * @param topics what is read
   * @param metrics is handed each record, on the reader's own thread
   * @param watched what is read too, but not decoded
   * @param seen is told each record that is there, before it is decoded, on the same thread
   */
  CommittedReader(
      Map<String, Object> clients,
      RecordSerdes serdes,
      Collection<Topic> topics,
      PipelineMetrics metrics,
      Set<Topic> watched,
      BiConsumer<TopicPartition, Long> seen) {
    this.metrics = metrics;
    this.counted = Set.copyOf(topics);
    this.seen = seen;
    Set<Topic> read = new LinkedHashSet<>(topics);
    read.addAll(watched);
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, ClientIds.of(clients, "quantum-metrics"));
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> tables = new ArrayList<>();
    List<TopicPartition> streams = new ArrayList<>();
    for (Topic topic : read) {
      List<TopicPartition> kind = topic.cleanup() == Topic.Cleanup.COMPACT ? tables : streams;
      consumer
          .partitionsFor(topic.topicName())
          .forEach(info -> kind.add(new TopicPartition(info.topic(), info.partition())));
      topic.valueType().ifPresent(type -> deserializers.put(topic, serdes.of(type).deserializer()));
    }
    List<TopicPartition> all = new ArrayList<>(tables);
    all.addAll(streams);
    consumer.assign(all);
    consumer.seekToBeginning(tables);
    consumer.seekToEnd(streams);
    // Seeking is lazy: only now is the end fixed, before anything that follows is written.
    streams.forEach(consumer::position);
    thread.setDaemon(true);
  }

  /** Starts to read. */
  void start() {
    thread.start();
  }

  /** Returns why it does not read, or empty while it does. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void run() {
    try {
      while (stopping.getCount() > 0) {
        for (ConsumerRecord<byte[], byte[]> raw : consumer.poll(POLL)) {
          hand(raw);
        }
      }
    } catch (WakeupException | InterruptException e) {
      LOG.debug("stopped", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the metrics reader is stopping", e);
      trouble = "the metrics reader stopped: " + e.getMessage();
    } finally {
      close(consumer);
    }
  }

  private static void close(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    } catch (KafkaException e) {
      LOG.debug("the consumer did not close cleanly", e);
    }
  }

  private void hand(ConsumerRecord<byte[], byte[]> raw) throws InterruptedException {
    Topic topic = Topic.named(raw.topic()).orElseThrow();
    seen.accept(new TopicPartition(raw.topic(), raw.partition()), raw.offset());
    if (!counted.contains(topic)) {
      return;
    }
    Deserializer<? extends SpecificRecord> deserializer = deserializers.get(topic);
    while (true) {
      try {
        SpecificRecord value =
            deserializer == null || raw.value() == null
                ? null
                : deserializer.deserialize(raw.topic(), raw.headers(), raw.value());
        trouble = null;
        metrics.accept(topic, raw, value);
        return;
      } catch (RegistryUnavailableException e) {
        trouble = "the schema registry is unavailable: " + e.getMessage();
        if (stopping.await(REGISTRY_PAUSE_MS, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (SerializationException e) {
        metrics.unreadable(topic);
        return;
      }
    }
  }

  /** Stops reading, within 5 s. */
  @Override
  public void close() {
    stopping.countDown();
    if (!thread.isAlive()) {
      return;
    }
    consumer.wakeup();
    try {
      if (!thread.join(Duration.ofSeconds(STOP_SECONDS))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
