package io.quantumtrader.replay.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer over a {@link RecordLog}. It never waits: a poll returns what is there. In a group it
 * is the only member, and gets all partitions of what it subscribes to; for one without a group no
 * record is kept.
 */
public final class LogConsumer extends WaitlessConsumer {

  private static final Node[] NO_NODES = {};
  private static final int NO_MEMBER = -1;

  private final RecordLog log;
  private final String group;
  private final Map<TopicPartition, LogCursor> cursors = new LinkedHashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private Set<String> subscription = Set.of();
  private ConsumerRebalanceListener arriving;
  private ConsumerRebalanceListener told;
  private int generation = NO_MEMBER;

  /**
   * Creates a consumer.
   *
   * @param group its group; empty for none
   */
  public LogConsumer(RecordLog log, String group) {
    this.log = log;
    this.group = group;
  }

  /** Returns whether a poll would bring something: partitions, or records. */
  public boolean hasNews() {
    if (arriving != null) {
      return true;
    }
    for (Map.Entry<TopicPartition, LogCursor> each : cursors.entrySet()) {
      if (each.getValue().hasNext() && !paused.contains(each.getKey())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Set<TopicPartition> assignment() {
    return Set.copyOf(cursors.keySet());
  }

  @Override
  public Set<String> subscription() {
    return subscription;
  }

  /** The partitions come with the next poll, as from a broker. */
  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener callback) {
    subscription = Set.copyOf(topics);
    arriving = callback;
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    closeCursors();
    for (TopicPartition partition : partitions) {
      LogPartition of = log.partition(partition);
      LogCursor cursor = group.isEmpty() ? of.glance() : of.cursor();
      OffsetAndMetadata from = log.committed(group, partition);
      cursor.seek(from == null ? 0 : from.offset());
      cursors.put(partition, cursor);
    }
  }

  @Override
  public void unsubscribe() {
    subscription = Set.of();
    closeCursors();
  }

  private void closeCursors() {
    cursors.values().forEach(LogCursor::close);
    cursors.clear();
    paused.clear();
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (arriving != null) {
      List<TopicPartition> all = new ArrayList<>();
      for (String topic : subscription.stream().sorted().toList()) {
        log.partitions(topic).forEach(each -> all.add(each.name()));
      }
      assign(all);
      generation = log.nextGeneration(group);
      told = arriving;
      arriving = null;
      told.onPartitionsAssigned(all);
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new LinkedHashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (Map.Entry<TopicPartition, LogCursor> each : cursors.entrySet()) {
      LogCursor cursor = each.getValue();
      if (cursor.hasNext() && !paused.contains(each.getKey())) {
        found.put(each.getKey(), read(each.getKey(), cursor));
        next.put(each.getKey(), new OffsetAndMetadata(cursor.position()));
      }
    }
    return found.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(found, next);
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      TopicPartition partition, LogCursor cursor) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (cursor.hasNext()) {
      records.add(cursor.next().recordOf(partition));
    }
    return records;
  }

  @Override
  public void commitSync() {
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
    cursors.forEach((of, cursor) -> all.put(of, new OffsetAndMetadata(cursor.position())));
    commitSync(all);
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    log.requireCurrent(group, generation);
    log.commit(group, offsets);
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    cursor(partition).seek(offset);
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    partitions.forEach(each -> seek(each, 0));
  }

  @Override
  public void seekToEnd(Collection<TopicPartition> partitions) {
    partitions.forEach(each -> seek(each, log.partition(each).end()));
  }

  @Override
  public long position(TopicPartition partition) {
    return cursor(partition).position();
  }

  private LogCursor cursor(TopicPartition partition) {
    LogCursor cursor = cursors.get(partition);
    if (cursor == null) {
      throw new IllegalStateException(partition + " is not assigned");
    }
    return cursor;
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
    partitions.forEach(each -> found.put(each, log.committed(group, each)));
    return found;
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return partitionsOf(log, topic);
  }

  static List<PartitionInfo> partitionsOf(RecordLog log, String topic) {
    return log.partitions(topic).stream()
        .map(each -> new PartitionInfo(topic, each.name().partition(), null, NO_NODES, NO_NODES))
        .toList();
  }

  @Override
  public Map<String, List<PartitionInfo>> listTopics() {
    Map<String, List<PartitionInfo>> all = new HashMap<>();
    log.topics().forEach(topic -> all.put(topic, partitionsFor(topic)));
    return all;
  }

  @Override
  public Set<TopicPartition> paused() {
    return Set.copyOf(paused);
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    paused.addAll(partitions);
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    paused.removeAll(partitions);
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestamps) {
    Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
    timestamps.forEach((of, ms) -> found.put(of, firstSince(log.partition(of), ms)));
    return found;
  }

  private static OffsetAndTimestamp firstSince(LogPartition partition, long ms) {
    for (long offset = partition.begin(); offset < partition.end(); offset++) {
      long at = partition.at(offset).timestampMs();
      if (at >= ms) {
        return new OffsetAndTimestamp(offset, at);
      }
    }
    return null;
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> found = new HashMap<>();
    partitions.forEach(each -> found.put(each, log.partition(each).begin()));
    return found;
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> found = new HashMap<>();
    partitions.forEach(each -> found.put(each, log.partition(each).end()));
    return found;
  }

  @Override
  public OptionalLong currentLag(TopicPartition partition) {
    LogCursor cursor = cursor(partition);
    return OptionalLong.of(cursor.partition().end() - cursor.position());
  }

  @Override
  @SuppressWarnings("removal") // 5.0 makes it an interface; until then there is no other way
  public ConsumerGroupMetadata groupMetadata() {
    return new ConsumerGroupMetadata(group, generation, "", Optional.empty());
  }

  /** Gives its partitions up first, as a consumer does that leaves its group in order. */
  @Override
  public void close() {
    if (told != null && !cursors.isEmpty()) {
      told.onPartitionsRevoked(assignment());
    }
    abandon();
  }

  /** Ends without a word to anybody, as with its process. */
  public void abandon() {
    told = null;
    closeCursors();
  }
}
