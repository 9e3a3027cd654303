package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.write.ClusterSession;
import io.quantumtrader.connectors.redis.write.ClusterSession.Outcome;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import io.quantumtrader.connectors.redis.write.SlotBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a cluster, slot by slot. How far a partition has been written is kept once for each
 * slot, in the slot: a batch that got through in some slots only is delivered again and written in
 * the others.
 */
final class ClusterWriter implements SinkWriter {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterWriter.class);

  /** Fences only differ from what we know when another task is on the same partitions. */
  private static final int TRIES = 3;

  private final Writing writing;
  private final Supplier<ClusterSession> connect;
  private final WrittenOffsets written;

  /** Next offset to write of each partition in each slot, as far as it has been asked for. */
  private final Map<TopicPartition, Map<Integer, Long>> fences = new HashMap<>();

  private final Map<Place, Long> unconfirmed = new HashMap<>();
  private ClusterSession session;

  ClusterWriter(Writing writing, Supplier<ClusterSession> connect) {
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
    for (int from = 0; from < records.size(); from += size) {
      int to = Math.min(records.size(), from + size);
      writeChunk(writing.render(records.subList(from, to)));
    }
    if (writing.awaitsReplicas()) {
      session.awaitReplicas(writing.replicas(), writing.replicasTimeoutMs());
    }
    // Only now: what is delivered again is not lost, whatever becomes of it in Redis.
    unconfirmed.forEach((place, next) -> written.written(place.partition(), place.slot(), next));
    unconfirmed.clear();
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
    fences.clear();
    unconfirmed.clear();
    if (session != null) {
      session.close();
      session = null;
    }
  }

  /** One command and the slot it belongs to. */
  private record Placed(RenderedRecord record, RedisWrite write, int slot) {}

  /** A slot of a partition. */
  private record Place(TopicPartition partition, int slot) {}

  private void writeChunk(List<RenderedRecord> records) {
    reportBad(records);
    List<Placed> commands = place(records);
    Set<RenderedRecord> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int tries = 1; !tryChunk(commands, taken); tries++) {
      if (tries == TRIES) {
        throw new RetriableException("another task writes the same partitions");
      }
    }
    confirm(records, taken);
  }

  /** There is no place to remember that a record is bad: after a restart it may be told again. */
  private void reportBad(List<RenderedRecord> records) {
    for (RenderedRecord record : records) {
      if (record.problem() != null) {
        writing.badRecords().report(record, record.problem());
      }
    }
    writing.badRecords().await();
  }

  private static List<Placed> place(List<RenderedRecord> records) {
    List<Placed> commands = new ArrayList<>();
    for (RenderedRecord record : records) {
      for (RedisWrite write : record.writes()) {
        for (String key : write.keys()) {
          // Only DEL has several keys, which may be in several slots.
          RedisWrite single = write.keys().size() == 1 ? write : RedisWrite.of("DEL", key);
          commands.add(new Placed(record, single, SlotTags.slotOf(key)));
        }
      }
    }
    return commands;
  }

  private boolean tryChunk(List<Placed> commands, Set<RenderedRecord> taken) {
    readMissing(commands);
    Map<Integer, FencedBatch> batches = batches(commands, taken);
    List<SlotBatch> sent = new ArrayList<>(batches.size());
    batches.forEach((slot, batch) -> sent.add(slotBatch(slot, batch)));
    List<Outcome> outcomes = session.execute(sent);
    boolean done = true;
    ConnectException failure = null;
    int i = 0;
    for (Map.Entry<Integer, FencedBatch> batch : batches.entrySet()) {
      Outcome outcome = outcomes.get(i++);
      settle(batch.getKey(), batch.getValue(), outcome);
      done &= outcome.done();
      failure = failure == null ? outcome.failure() : failure;
    }
    writing.badRecords().await();
    if (failure != null) {
      throw failure;
    }
    return done;
  }

  private Map<Integer, FencedBatch> batches(List<Placed> commands, Set<RenderedRecord> taken) {
    Map<Integer, FencedBatch> batches = new LinkedHashMap<>();
    for (Placed command : commands) {
      RenderedRecord record = command.record();
      long fence = fence(record.partition(), command.slot());
      if (record.offset() >= fence) {
        batches
            .computeIfAbsent(command.slot(), any -> new FencedBatch())
            .add(record, command.write());
        taken.add(record);
      } else if (writing.awaitsReplicas()) {
        batches
            .computeIfAbsent(command.slot(), any -> new FencedBatch())
            .renew(record.partition(), fence);
      }
    }
    return batches;
  }

  private SlotBatch slotBatch(int slot, FencedBatch batch) {
    List<SlotBatch.Fence> moved = new ArrayList<>();
    batch
        .nextOffsets()
        .forEach(
            (partition, next) -> {
              long held = fence(partition, slot);
              moved.add(
                  new SlotBatch.Fence(
                      writing.fence().key(partition, slot),
                      held == 0 ? "" : Long.toString(held),
                      Long.toString(next)));
            });
    return new SlotBatch(moved, batch.writes());
  }

  private void settle(int slot, FencedBatch batch, Outcome outcome) {
    if (!outcome.done()) {
      // Whatever is there is read anew.
      batch.nextOffsets().keySet().forEach(partition -> fences.get(partition).remove(slot));
      return;
    }
    batch
        .nextOffsets()
        .forEach(
            (partition, next) -> {
              fences.get(partition).put(slot, next);
              unconfirmed.put(new Place(partition, slot), next);
            });
    batch.reportRefusals(outcome.errors(), writing.badRecords());
  }

  private void confirm(List<RenderedRecord> records, Set<RenderedRecord> taken) {
    List<RenderedRecord> fresh = new ArrayList<>(records.size());
    for (RenderedRecord record : records) {
      if (record.writes().isEmpty() || taken.contains(record)) {
        fresh.add(record);
      }
      writing.metrics().fence(record.partition(), record.offset() + 1);
    }
    writing.metrics().written(fresh);
    int passedOver = records.size() - fresh.size();
    if (passedOver > 0) {
      writing.metrics().passedOver(passedOver);
      LOG.warn("skipped {} records that are already in Redis", passedOver);
    }
  }

  private void readMissing(List<Placed> commands) {
    Set<Place> missing = new LinkedHashSet<>();
    for (Placed command : commands) {
      TopicPartition partition = command.record().partition();
      Map<Integer, Long> known = fences.computeIfAbsent(partition, any -> new HashMap<>());
      if (!known.containsKey(command.slot())) {
        missing.add(new Place(partition, command.slot()));
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    List<String> keys = new ArrayList<>(missing.size());
    missing.forEach(place -> keys.add(writing.fence().key(place.partition(), place.slot())));
    List<String> values = session.read(keys);
    int i = 0;
    for (Place place : missing) {
      long next = OffsetFence.nextOffset(keys.get(i), values.get(i));
      i++;
      written.compare(place.partition(), place.slot(), next);
      fences.get(place.partition()).put(place.slot(), next);
    }
  }

  private long fence(TopicPartition partition, int slot) {
    return fences.get(partition).get(slot);
  }
}
