package io.quantumtrader.app.agent;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the intents that are in the log, from the first to the one that is the last now. */
final class SentIntents {

  private static final Logger LOG = LoggerFactory.getLogger(SentIntents.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private SentIntents() {}

  /**
   * Reads them.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param reader takes each, in the order of its partition
   */
  static void read(Map<String, Object> client, RecordSerdes serdes, Consumer<TradeIntent> reader) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "quantum-agent-memory");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Deserializer<TradeIntent> intents = serdes.of(TradeIntent.class).deserializer();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.TRADE_INTENT.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(POLL).forEach(taken -> hand(taken, intents, reader));
      }
    }
  }

  private static void hand(
      ConsumerRecord<byte[], byte[]> taken,
      Deserializer<TradeIntent> intents,
      Consumer<TradeIntent> reader) {
    try {
      TradeIntent intent = intents.deserialize(taken.topic(), taken.headers(), taken.value());
      if (intent != null) {
        reader.accept(intent);
      }
    } catch (RegistryUnavailableException e) {
      throw e;
    } catch (SerializationException e) {
      // Not one of its own; the account stage puts it among the dead letters.
      LOG.debug("passed over an intent that cannot be read, offset {}", taken.offset(), e);
    }
  }
}
