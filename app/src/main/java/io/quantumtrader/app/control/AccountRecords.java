package io.quantumtrader.app.control;

import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes single records that are keyed by account, as an operator orders them. */
public final class AccountRecords {

  private static final long SENT_WITHIN_S = 15;

  private AccountRecords() {}

  /**
   * Writes a record where its account's stages look for it, and waits until the broker has it.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param topic a topic whose key is the account
   * @param atMs record time, epoch milliseconds UTC
   * @throws KafkaException if it cannot be written in time
   */
  public static <T extends SpecificRecord> void send(
      Map<String, Object> client,
      RecordSerdes serdes,
      Topic topic,
      String account,
      Class<T> type,
      T value,
      long atMs) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TimeUnit.SECONDS.toMillis(SENT_WITHIN_S));
    String name = topic.topicName();
    try (KafkaProducer<String, T> producer =
        new KafkaProducer<>(settings, new StringSerializer(), serdes.of(type).serializer())) {
      int partition = Accounts.partitionOf(account, producer.partitionsFor(name).size());
      var unused =
          producer
              .send(new ProducerRecord<>(name, partition, atMs, account, value))
              .get(SENT_WITHIN_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
