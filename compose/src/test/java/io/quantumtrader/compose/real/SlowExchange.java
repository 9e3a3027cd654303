package io.quantumtrader.compose.real;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Fills every plan, but only some time after it saw it. */
final class SlowExchange implements AutoCloseable {

  private record Due(long atNanos, ApplyPlan plan) {}

  private final RealPipeline pipeline;
  private final Duration delay;
  private final Deque<Due> due = new ArrayDeque<>();
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "slow-exchange");
  private volatile boolean running = true;

  SlowExchange(RealPipeline pipeline, Duration delay) {
    this.pipeline = pipeline;
    this.delay = delay;
    thread.start();
  }

  int seen() {
    return seen.get();
  }

  int answered() {
    return answered.get();
  }

  private void run() {
    Map<String, Object> reading =
        Map.of(
            "bootstrap.servers",
            pipeline.stack().bootstrapServers(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.APPLY_PLAN.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (running) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          ApplyPlan plan =
              pipeline
                  .serdes()
                  .of(ApplyPlan.class)
                  .deserializer()
                  .deserialize(record.topic(), record.value());
          due.add(new Due(System.nanoTime() + delay.toNanos(), plan));
          seen.incrementAndGet();
        }
        answerDue();
      }
    }
  }

  private void answerDue() {
    while (!due.isEmpty() && due.peek().atNanos() <= System.nanoTime()) {
      ApplyPlan plan = due.poll().plan();
      pipeline.send(
          Topic.APPLY_RESULT, plan.getAccount(), Records.filled(plan, Records.NOW), Records.NOW);
      answered.incrementAndGet();
    }
    pipeline.flush();
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
