package io.quantumtrader.app.agent;

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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is in a topic, from the first record to the one that is the last now. */
final class WrittenSoFar {

  private static final Logger LOG = LoggerFactory.getLogger(WrittenSoFar.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> client;
  private final RecordSerdes serdes;

  /**
   * Creates a reader.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   */
  WrittenSoFar(Map<String, Object> client, RecordSerdes serdes) {
    this.client = Map.copyOf(client);
    this.serdes = serdes;
  }

  /**
   * Reads a topic.
   *
   * @param reader takes each, in the order of its partition
   */
  <T extends SpecificRecord> void read(Topic topic, Class<T> type, Consumer<T> reader) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "quantum-agent-memory");
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
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
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
