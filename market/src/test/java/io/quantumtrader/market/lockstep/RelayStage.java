package io.quantumtrader.market.lockstep;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A stage as the pipeline has them: takes records, writes some for each in a transaction with its
 * position, and dawdles at every point where that could be mistaken for having done. Now and then
 * it aborts and does it again.
 */
final class RelayStage implements AutoCloseable {

  private final String servers;
  private final String group;
  private final String from;
  private final String to;
  private final int copies;
  private final Random chance;
  private final Thread thread;
  private volatile boolean running = true;

  RelayStage(String servers, String group, String from, String to, int copies, long seed) {
    this.servers = servers;
    this.group = group;
    this.from = from;
    this.to = to;
    this.copies = copies;
    this.chance = new Random(seed);
    this.thread = new Thread(this::run, group);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try (KafkaConsumer<String, String> consumer = consumer();
        KafkaProducer<String, String> producer = producer()) {
      producer.initTransactions();
      consumer.subscribe(List.of(from));
      Map<TopicPartition, Long> before = new HashMap<>();
      while (running) {
        ConsumerRecords<String, String> taken = consumer.poll(Duration.ofMillis(20));
        Map<TopicPartition, OffsetAndMetadata> positions = moved(consumer, before);
        if (!positions.isEmpty()) {
          relay(taken, positions, consumer, producer);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // The end of the transaction fails where a record does.
  private void relay(
      ConsumerRecords<String, String> taken,
      Map<TopicPartition, OffsetAndMetadata> positions,
      KafkaConsumer<String, String> consumer,
      KafkaProducer<String, String> producer)
      throws InterruptedException {
    boolean abort = chance.nextInt(6) == 0;
    for (int attempt = abort ? 0 : 1; attempt < 2; attempt++) {
      producer.beginTransaction();
      dawdle();
      for (ConsumerRecord<String, String> each : taken) {
        for (int copy = 0; copy < copies; copy++) {
          producer.send(new ProducerRecord<>(to, each.key() + copy, each.value()));
        }
      }
      dawdle();
      if (attempt == 0) {
        producer.flush();
        producer.abortTransaction();
      } else {
        producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
        dawdle();
        producer.commitTransaction();
      }
    }
    dawdle();
  }

  private static Map<TopicPartition, OffsetAndMetadata> moved(
      KafkaConsumer<String, String> consumer, Map<TopicPartition, Long> before) {
    Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      long position = consumer.position(partition);
      Long last = before.put(partition, position);
      if (last == null || last != position) {
        moved.put(partition, new OffsetAndMetadata(position));
      }
    }
    return moved;
  }

  private void dawdle() throws InterruptedException {
    Thread.sleep(chance.nextInt(4));
  }

  private KafkaConsumer<String, String> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", servers,
            "group.id", group,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers, "transactional.id", group),
        new StringSerializer(),
        new StringSerializer());
  }

  @Override
  public void close() {
    running = false;
    try {
      if (!thread.join(Duration.ofSeconds(30))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
