package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.mapping.RecordMapper;
import io.quantumtrader.connectors.redis.write.RedisSession;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes records in order, transaction by transaction, each record once. */
final class FencedWriter {

  private static final Logger LOG = LoggerFactory.getLogger(FencedWriter.class);

  /** A transaction is only ever undone by another task on the same partitions, which is passing. */
  private static final int TRIES = 3;

  private final RecordMapper mapper;
  private final OffsetFence fence;
  private final int transactionRecords;
  private final BadRecords badRecords;
  private final Clock clock;

  /** Next offset to write of each partition, as its watched key says. */
  private Map<TopicPartition, Long> fences = new LinkedHashMap<>();

  private RedisSession watchedBy;

  FencedWriter(
      RecordMapper mapper,
      OffsetFence fence,
      int transactionRecords,
      BadRecords badRecords,
      Clock clock) {
    this.mapper = mapper;
    this.fence = fence;
    this.transactionRecords = transactionRecords;
    this.badRecords = badRecords;
    this.clock = clock;
  }

  /** Writes records, those that are written already excepted. */
  void write(RedisSession session, List<SinkRecord> records) {
    for (int from = 0; from < records.size(); from += transactionRecords) {
      int to = Math.min(records.size(), from + transactionRecords);
      writeTransaction(session, records.subList(from, to));
    }
  }

  /** Forgets a partition: its fence is moved elsewhere from now on. */
  void forget(TopicPartition partition) {
    fences.remove(partition);
    badRecords.forget(partition);
  }

  private void writeTransaction(RedisSession session, List<SinkRecord> records) {
    for (int i = 0; i < TRIES; i++) {
      if (tryTransaction(session, records)) {
        return;
      }
    }
    throw new RetriableException("another task writes the same partitions");
  }

  private boolean tryTransaction(RedisSession session, List<SinkRecord> records) {
    watchMissing(session, records);
    FencedBatch batch = batch(records);
    badRecords.await();
    if (batch.isEmpty()) {
      return true;
    }
    // The next transaction's fences come back with this one's result: one exchange, not two.
    List<TopicPartition> partitions = List.copyOf(fences.keySet());
    RedisSession.Executed executed = session.execute(batch.commands(fence), fence.keys(partitions));
    fences = fence.nextOffsets(partitions, executed.watched());
    if (executed.done()) {
      reportRefusals(batch, executed.errors());
    }
    return executed.done();
  }

  private void watchMissing(RedisSession session, List<SinkRecord> records) {
    if (session != watchedBy) {
      fences = new LinkedHashMap<>();
      watchedBy = session;
    }
    Set<TopicPartition> missing = partitions(records);
    missing.removeAll(fences.keySet());
    if (!missing.isEmpty()) {
      fences.putAll(fence.nextOffsets(missing, session.watch(fence.keys(missing))));
    }
  }

  private FencedBatch batch(List<SinkRecord> records) {
    FencedBatch batch = new FencedBatch();
    int written = 0;
    for (SinkRecord record : records) {
      TopicPartition partition = partition(record);
      if (record.originalKafkaOffset() < fences.get(partition)) {
        written++;
      } else {
        add(batch, record, partition);
      }
    }
    if (written > 0) {
      LOG.warn("passed over {} records that are in Redis already: {}", written, fences);
    }
    return batch;
  }

  private void add(FencedBatch batch, SinkRecord record, TopicPartition partition) {
    try {
      batch.add(record, partition, mapper.writes(record, clock.millis()));
    } catch (DataException problem) {
      badRecords.report(record, partition, problem.getMessage());
      batch.pass(record, partition);
    }
  }

  /** Redis does the rest of a transaction when it refuses one command, for example WRONGTYPE. */
  private void reportRefusals(FencedBatch batch, List<String> replies) {
    for (int i = 0; i < replies.size(); i++) {
      SinkRecord record = batch.origin(i);
      if (replies.get(i) != null && record != null) {
        RedisWrite command = batch.command(i);
        badRecords.report(record, partition(record), command + " refused: " + replies.get(i));
      }
    }
    badRecords.await();
  }

  private static Set<TopicPartition> partitions(List<SinkRecord> records) {
    Set<TopicPartition> partitions = new LinkedHashSet<>();
    for (SinkRecord record : records) {
      partitions.add(partition(record));
    }
    return partitions;
  }

  private static TopicPartition partition(SinkRecord record) {
    return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
  }
}
