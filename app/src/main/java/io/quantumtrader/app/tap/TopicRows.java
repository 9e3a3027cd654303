package io.quantumtrader.app.tap;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the committed records of a topic, from the first to the one that is the last now. */
public final class TopicRows {

  private static final Logger LOG = LoggerFactory.getLogger(TopicRows.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> client;
  private final RecordSerdes serdes;
  private final Duration patience;

  /**
   * Creates a reader.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @param patience how long reading a topic may take
   */
  public TopicRows(Map<String, Object> client, RecordSerdes serdes, Duration patience) {
    this.client = Map.copyOf(client);
    this.serdes = serdes;
    this.patience = patience;
  }

  /**
   * Reads a topic.
   *
   * @param reader takes each value that can be read, in the order of its partition
   * @throws KafkaException if it cannot be read to its end in time
   */
  public <T extends SpecificRecord> void read(Topic topic, Class<T> type, Consumer<T> reader) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "quantum-reader");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Deserializer<T> values = serdes.of(type).deserializer();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + patience.toNanos();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        if (System.nanoTime() > deadline) {
          throw new KafkaException("cannot read " + topic.topicName() + " to its end");
        }
        consumer.poll(POLL).forEach(taken -> hand(taken, values, reader));
      }
    }
  }

  private static <T> void hand(
      ConsumerRecord<byte[], byte[]> taken, Deserializer<T> values, Consumer<T> reader) {
    try {
      T value = values.deserialize(taken.topic(), taken.headers(), taken.value());
      if (value != null) {
        reader.accept(value);
      }
    } catch (RegistryUnavailableException e) {
      throw e;
    } catch (SerializationException e) {
      // Nothing to remember; whoever reads it for its work puts it among the dead letters.
      LOG.debug(
          "passed over a record of {} that cannot be read, offset {}",
          taken.topic(),
          taken.offset(),
          e);
    }
  }
}
