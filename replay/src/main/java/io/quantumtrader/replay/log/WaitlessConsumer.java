package io.quantumtrader.replay.log;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * The part of a consumer that follows from its never waiting: a time limit changes nothing, and
 * what is asked for asynchronously is done at once. Topics are subscribed to by their names.
 */
abstract class WaitlessConsumer implements Consumer<byte[], byte[]> {

  @Override
  public void subscribe(Collection<String> topics) {
    subscribe(
        topics,
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        });
  }

  @Override
  public void commitSync(Duration timeout) {
    commitSync();
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    commitSync(offsets);
  }

  @Override
  public void commitAsync() {
    commitSync();
  }

  @Override
  public void commitAsync(OffsetCommitCallback callback) {
    commitSync();
  }

  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    commitSync(offsets);
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata offset) {
    seek(partition, offset.offset());
  }

  @Override
  public long position(TopicPartition partition, Duration timeout) {
    return position(partition);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    return committed(partitions);
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
    return partitionsFor(topic);
  }

  @Override
  public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
    return listTopics();
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestamps, Duration timeout) {
    return offsetsForTimes(timestamps);
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return beginningOffsets(partitions);
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return endOffsets(partitions);
  }

  @Override
  @SuppressWarnings("deprecation") // there until 5.0, and the interface wants it
  public void close(Duration timeout) {
    close();
  }

  @Override
  public void close(CloseOptions options) {
    close();
  }

  /** Nobody waits. */
  @Override
  public void wakeup() {}

  @Override
  public void enforceRebalance() {}

  @Override
  public void enforceRebalance(String reason) {}

  @Override
  public void subscribe(Pattern pattern, ConsumerRebalanceListener callback) {
    throw byName();
  }

  @Override
  public void subscribe(Pattern pattern) {
    throw byName();
  }

  @Override
  public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener callback) {
    throw byName();
  }

  @Override
  public void subscribe(SubscriptionPattern pattern) {
    throw byName();
  }

  private static UnsupportedOperationException byName() {
    return new UnsupportedOperationException("topics are subscribed to by their names");
  }

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return Uuid.ZERO_UUID;
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return Map.of();
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {}

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {}
}
