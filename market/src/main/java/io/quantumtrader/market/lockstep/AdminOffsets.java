package io.quantumtrader.market.lockstep;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Offsets as a broker tells them, through one admin client that is kept open. */
public final class AdminOffsets implements Offsets, AutoCloseable {

  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> configuration;
  private final Admin admin;
  private final Map<String, List<TopicPartition>> partitions = new HashMap<>();

  /**
   * Opens the client.
   *
   * @param configuration client configuration, {@code bootstrap.servers} at least
   */
  public AdminOffsets(Map<String, Object> configuration) {
    this.configuration = Map.copyOf(configuration);
    this.admin = Admin.create(this.configuration);
  }

  @Override
  public Map<String, Map<TopicPartition, Long>> committed(Set<String> groups)
      throws InterruptedException {
    Map<String, ListConsumerGroupOffsetsSpec> specs =
        groups.stream().collect(toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()));
    ListConsumerGroupOffsetsResult result = admin.listConsumerGroupOffsets(specs);
    Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
    for (String group : groups) {
      committed.put(group, committed(result, group));
    }
    return committed;
  }

  private static Map<TopicPartition, Long> committed(
      ListConsumerGroupOffsetsResult result, String group) throws InterruptedException {
    try {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      answer(result.partitionsToOffsetAndMetadata(group))
          .forEach((partition, at) -> put(offsets, partition, at));
      return offsets;
    } catch (GroupIdNotFoundException e) {
      return Map.of();
    }
  }

  private static void put(
      Map<TopicPartition, Long> offsets, TopicPartition partition, OffsetAndMetadata at) {
    if (at != null) {
      offsets.put(partition, at.offset());
    }
  }

  @Override
  public Map<TopicPartition, Long> ends(Set<String> topics, IsolationLevel isolation)
      throws InterruptedException {
    find(topics);
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (String topic : topics) {
      for (TopicPartition partition : partitions.getOrDefault(topic, List.of())) {
        latest.put(partition, OffsetSpec.latest());
      }
    }
    Map<TopicPartition, ListOffsetsResultInfo> answers =
        answer(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all());
    Map<TopicPartition, Long> ends = new HashMap<>();
    answers.forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  @Override
  public boolean hasRecords(TopicPartition partition, long from, long to)
      throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(configuration);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    long limit = System.nanoTime() + CALL_LIMIT.toNanos();
    try (Consumer<byte[], byte[]> reader =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      reader.assign(List.of(partition));
      reader.seek(partition, from);
      while (System.nanoTime() < limit) {
        if (reader.poll(POLL).records(partition).stream().anyMatch(each -> each.offset() < to)) {
          return true;
        }
        if (reader.position(partition) >= to) {
          return false;
        }
      }
    }
    // Not read to the end, so nothing is known: the gap stays a gap.
    return true;
  }

  // Partition counts never change while it runs; topics of the topology itself appear when it
  // starts.
  private void find(Set<String> topics) throws InterruptedException {
    Set<String> unknown = new HashSet<>(topics);
    unknown.removeAll(partitions.keySet());
    if (unknown.isEmpty()) {
      return;
    }
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin.describeTopics(unknown).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> each : asked.entrySet()) {
      try {
        List<TopicPartition> found = new ArrayList<>();
        answer(each.getValue())
            .partitions()
            .forEach(info -> found.add(new TopicPartition(each.getKey(), info.partition())));
        partitions.put(each.getKey(), found);
      } catch (UnknownTopicOrPartitionException e) {
        partitions.remove(each.getKey());
      }
    }
  }

  private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException known) {
        throw known;
      }
      throw new KafkaException("the broker did not answer", e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "the broker did not answer within " + CALL_LIMIT.toSeconds() + " s");
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
