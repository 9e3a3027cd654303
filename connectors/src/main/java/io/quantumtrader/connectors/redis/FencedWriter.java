package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.write.RedisSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to one server, transaction by transaction. */
final class FencedWriter implements SinkWriter {

  private static final Logger LOG = LoggerFactory.getLogger(FencedWriter.class);

  /** A transaction is only ever undone by another task on the same partitions, which is passing. */
  private static final int TRIES = 3;

  /** There are no slots. */
  private static final int SLOT = 0;

  private final Writing writing;
  private final Supplier<RedisSession> connect;
  private final WrittenOffsets written;

  /** Next offset to write of each partition, as its watched key says. */
  private Map<TopicPartition, Long> fences = new LinkedHashMap<>();

  private RedisSession session;

  FencedWriter(Writing writing, Supplier<RedisSession> connect) {
    this.writing = writing;
    this.connect = connect;
    this.written = new WrittenOffsets(writing.metrics());
  }

  @Override
  public void write(List<SinkRecord> records) {
    if (session == null) {
      session = connect.get();
    }
    int size = writing.transactionRecords();
    List<RenderedRecord> next = render(records, 0, size);
    for (int from = 0; from < records.size(); from += size) {
      List<RenderedRecord> current = next;
      Sent sent = send(current);
      // Redis works meanwhile.
      next = render(records, from + size, size);
      settle(current, sent);
    }
    if (writing.awaitsReplicas()) {
      session.awaitReplicas(writing.replicas(), writing.replicasTimeoutMs());
    }
    // Only now: what is delivered again is not lost, whatever becomes of it in Redis.
    fences.forEach((partition, offset) -> written.written(partition, SLOT, offset));
  }

  @Override
  public void forget(TopicPartition partition) {
    fences.remove(partition);
    written.forget(partition);
    writing.badRecords().forget(partition);
    writing.metrics().forget(partition);
  }

  @Override
  public void disconnect() {
    fences = new LinkedHashMap<>();
    if (session != null) {
      session.close();
      session = null;
    }
  }

  /**
   * A transaction on its way.
   *
   * @param batch what is in it
   * @param watched the partitions whose fences come back with its result
   * @param running the transaction, or null where there is nothing to write
   */
  private record Sent(
      FencedBatch batch, List<TopicPartition> watched, RedisSession.Running running) {}

  private List<RenderedRecord> render(List<SinkRecord> records, int from, int size) {
    int start = Math.min(records.size(), from);
    return writing.render(records.subList(start, Math.min(records.size(), from + size)));
  }

  private Sent send(List<RenderedRecord> records) {
    watchMissing(RenderedRecord.partitions(records));
    FencedBatch batch = batch(records);
    writing.badRecords().await();
    if (batch.isEmpty()) {
      return new Sent(batch, List.of(), null);
    }
    // The next transaction's fences come back with this one's result: one exchange, not two.
    List<TopicPartition> partitions = List.copyOf(fences.keySet());
    return new Sent(
        batch,
        partitions,
        session.begin(batch.commands(writing.fence()::move), writing.fence().keys(partitions)));
  }

  private void settle(List<RenderedRecord> records, Sent first) {
    Sent sent = first;
    for (int tries = 1; sent.running() != null && !isDone(sent); tries++) {
      if (tries == TRIES) {
        throw new RetriableException("another task writes the same partitions");
      }
      sent = send(records);
    }
    confirm(records, sent.batch());
  }

  private boolean isDone(Sent sent) {
    RedisSession.Executed executed = sent.running().await();
    fences = writing.fence().nextOffsets(sent.watched(), executed.watched());
    if (executed.done()) {
      sent.batch().reportRefusals(executed.errors(), writing.badRecords());
      writing.badRecords().await();
    } else {
      fences.forEach((partition, next) -> written.compare(partition, SLOT, next));
    }
    return executed.done();
  }

  private void confirm(List<RenderedRecord> records, FencedBatch batch) {
    writing.metrics().written(batch.records());
    RenderedRecord.partitions(records)
        .forEach(partition -> writing.metrics().fence(partition, fences.get(partition)));
  }

  private void watchMissing(Set<TopicPartition> missing) {
    missing.removeAll(fences.keySet());
    if (missing.isEmpty()) {
      return;
    }
    List<String> values = session.watch(writing.fence().keys(missing));
    Map<TopicPartition, Long> found = writing.fence().nextOffsets(missing, values);
    found.forEach((partition, next) -> written.compare(partition, SLOT, next));
    fences.putAll(found);
  }

  private FencedBatch batch(List<RenderedRecord> records) {
    FencedBatch batch = new FencedBatch();
    int passedOver = 0;
    for (RenderedRecord record : records) {
      long fence = fences.get(record.partition());
      if (record.offset() < fence) {
        passedOver++;
        if (writing.awaitsReplicas()) {
          batch.renew(record.partition(), fence);
        }
      } else {
        if (record.problem() != null) {
          writing.badRecords().report(record, record.problem());
        }
        batch.add(record);
      }
    }
    if (passedOver > 0) {
      writing.metrics().passedOver(passedOver);
      LOG.warn("skipped {} records that are already in Redis: {}", passedOver, fences);
    }
    return batch;
  }
}
