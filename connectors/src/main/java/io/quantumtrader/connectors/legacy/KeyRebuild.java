package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.redis.write.RedisSession;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * Writes the old keys anew after Redis has lost them, from the last record of each key of the
 * compacted topics. Streams and messages are left alone: whatever was added to a stream is history,
 * and nobody is to read an entry twice. A sink may run meanwhile.
 */
public final class KeyRebuild {

  private static final int BATCH = 500;
  private static final int TRIES = 20;

  /** Most times that a topic is read in one go. */
  private static final int MOST_LOOKS = 5;

  private final TopicReader reader;
  private final KeyWrites maker;
  private final RedisSession session;
  private final String killMark;
  private final Map<String, Long> written = new HashMap<>();
  private final Set<String> keys = new TreeSet<>();
  private int records;

  /**
   * What was done.
   *
   * @param records last records of their keys that were written
   * @param keys keys in Redis that they set or deleted
   * @param skipped records that could not be read or mapped
   * @param control whether the trading state was written; it is not where Redis still has it
   */
  public record Rebuilt(int records, int keys, int skipped, boolean control) {}

  /**
   * Creates it.
   *
   * @param reader of the pipeline's topics
   * @param registry settings of the registry client, {@code schema.registry.url} at least
   * @param keyPrefix what the sink's keys begin with
   * @param session with the Redis that lost its keys; stays the caller's
   */
  public KeyRebuild(
      TopicReader reader,
      Map<String, Object> registry,
      String keyPrefix,
      RedisSession session,
      Clock clock) {
    this.reader = reader;
    this.session = session;
    this.killMark = keyPrefix + "connect:written:kill";
    maker = new KeyWrites(registry, keyPrefix, clock);
  }

  /**
   * Writes the keys.
   *
   * @throws KafkaException if a topic cannot be read to its end in time
   * @throws RetriableException if Redis or the registry cannot be reached
   */
  public Rebuilt run() {
    boolean control = rebuildControl();
    for (Topic topic : LegacyContract.TOPICS) {
      if (topic.cleanup() == Topic.Cleanup.COMPACT && topic != Topic.CONTROL) {
        rebuild(topic);
      }
    }
    return new Rebuilt(records, keys.size(), maker.skipped(), control);
  }

  /**
   * What the sink wrote after a record was read is newer: it is written once more, until nothing
   * new has come. Rows that are new at each look, as market states of a market that runs, would go
   * on for ever: those the sink writes again and again by itself.
   */
  private void rebuild(Topic topic) {
    int looks = 0;
    while (looks < MOST_LOOKS && pass(topic) > 0) {
      looks++;
    }
  }

  private int pass(Topic topic) {
    int before = records;
    Map<String, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
    reader.readLast(topic, Long.MAX_VALUE, record -> last.put(KeyWrites.key(record), record));
    write(last.values().stream().filter(this::isNew).toList());
    return records - before;
  }

  /**
   * The state of all accounts is what its records say one after the other, and what an operator has
   * put into the keys himself: it is written whole, or not at all where it is still there.
   */
  private boolean rebuildControl() {
    if (session.watch(List.of(killMark)).getFirst() != null) {
      return false;
    }
    List<RedisWrite> writes = new ArrayList<>();
    reader.readLast(Topic.CONTROL, Long.MAX_VALUE, record -> writes.addAll(maker.of(record)));
    if (writes.isEmpty()) {
      return false;
    }
    keep(writes);
    return session.execute(writes, List.of(killMark)).done();
  }

  private boolean isNew(ConsumerRecord<byte[], byte[]> record) {
    String place = record.topic() + '/' + KeyWrites.key(record);
    Long before = written.put(place, record.offset());
    return before == null || before < record.offset();
  }

  private void write(List<ConsumerRecord<byte[], byte[]>> rows) {
    for (int from = 0; from < rows.size(); from += BATCH) {
      List<RedisWrite> writes = new ArrayList<>();
      rows.subList(from, Math.min(rows.size(), from + BATCH))
          .forEach(row -> writes.addAll(maker.of(row)));
      if (!writes.isEmpty()) {
        keep(writes);
        execute(writes);
      }
    }
    records += rows.size();
  }

  /** The watched key changes only with the trading state. */
  private void execute(List<RedisWrite> writes) {
    for (int tries = 0; tries < TRIES; tries++) {
      if (session.execute(writes, List.of(killMark)).done()) {
        return;
      }
    }
    throw new RetriableException("the trading state changes too often; try again");
  }

  private void keep(List<RedisWrite> writes) {
    writes.forEach(write -> keys.addAll(write.keys()));
  }
}
