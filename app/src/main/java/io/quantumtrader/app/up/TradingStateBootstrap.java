package io.quantumtrader.app.up;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Puts the trading state of all accounts to ACTIVE where nobody ever set one. Without a record the
 * pipeline is REDUCING, so a first start would deny every entry; a state that an operator set is
 * left alone.
 */
final class TradingStateBootstrap {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST_POLLS = 150;

  private TradingStateBootstrap() {}

  /**
   * Writes the record if there is none.
   *
   * @param nowMs time of the record, epoch milliseconds
   * @return whether it was written
   */
  static boolean run(String bootstrapServers, RecordSerdes serdes, long nowMs)
      throws InterruptedException {
    if (isSet(bootstrapServers)) {
      return false;
    }
    Control active =
        Control.newBuilder()
            .setAccount(Accounts.ALL)
            .setTradingState(TradingState.ACTIVE)
            .setReason("first start")
            .setSetBy("quantum up")
            .setAtMs(nowMs)
            .build();
    Properties settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (KafkaProducer<String, Control> producer =
        new KafkaProducer<>(
            settings, new StringSerializer(), serdes.of(Control.class).serializer())) {
      producer
          .send(new ProducerRecord<>(Topic.CONTROL.topicName(), null, nowMs, Accounts.ALL, active))
          .get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot write the trading state: " + e.getMessage(), e);
    }
    return true;
  }

  private static boolean isSet(String bootstrapServers) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    TopicPartition partition = new TopicPartition(Topic.CONTROL.topicName(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      boolean set = false;
      for (int i = 0; i < MOST_POLLS && consumer.position(partition) < end; i++) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          String key = new String(record.key(), StandardCharsets.UTF_8);
          set = key.equals(Accounts.ALL) ? record.value() != null : set;
        }
      }
      return set;
    }
  }
}
