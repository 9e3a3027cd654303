package io.quantumtrader.replay.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * A producer over a {@link RecordLog}: with a transactional id what it sends appears with the
 * commit, together with the offsets, without one at once.
 */
public final class LogProducer implements Producer<byte[], byte[]> {

  private final RecordLog log;
  private final String transactionalId;
  private final List<ProducerRecord<byte[], byte[]>> pending = new ArrayList<>();
  private final Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = new HashMap<>();
  private long epoch;
  private boolean open;

  /**
   * Creates a producer.
   *
   * @param transactionalId empty for one that writes without transactions
   */
  public LogProducer(RecordLog log, String transactionalId) {
    this.log = log;
    this.transactionalId = transactionalId;
  }

  @Override
  public void initTransactions() {
    epoch = log.nextEpoch(transactionalId);
  }

  @Override
  public void beginTransaction() {
    requireInForce();
    open = true;
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> positions, ConsumerGroupMetadata group) {
    log.requireCurrent(group.groupId(), group.generationId());
    offsets.computeIfAbsent(group.groupId(), any -> new HashMap<>()).putAll(positions);
  }

  @Override
  public void commitTransaction() {
    requireInForce();
    pending.forEach(log::append);
    offsets.forEach(log::commit);
    end();
  }

  @Override
  public void abortTransaction() {
    end();
  }

  private void end() {
    pending.clear();
    offsets.clear();
    open = false;
  }

  private void requireInForce() {
    if (!log.isInForce(transactionalId, epoch)) {
      throw new ProducerFencedException("there is a later producer of " + transactionalId);
    }
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    return send(record, null);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    if (transactionalId.isEmpty()) {
      log.append(record);
    } else if (open) {
      pending.add(record);
    } else {
      throw new IllegalStateException("no transaction was begun");
    }
    if (callback != null) {
      callback.onCompletion(null, null);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void flush() {}

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return LogConsumer.partitionsOf(log, topic);
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return Map.of();
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {}

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {}

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return Uuid.ZERO_UUID;
  }

  /** What was not committed is lost, as it is with a process that dies. */
  @Override
  public void close() {
    end();
  }

  @Override
  public void close(Duration timeout) {
    close();
  }
}
