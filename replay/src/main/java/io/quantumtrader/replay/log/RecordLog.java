package io.quantumtrader.replay.log;

import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;

/**
 * Topics in memory, and what consumer groups have committed. A record is there for everybody as
 * soon as it is appended; those of a transaction come with its commit. For one thread.
 */
public final class RecordLog {

  /** Hears of each record as it is appended. */
  @FunctionalInterface
  public interface Listener {

    /** Takes a record. */
    void appended(TopicPartition partition, LogEntry entry);
  }

  private final Map<String, List<LogPartition>> topics = new LinkedHashMap<>();
  private final Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
  private final Map<String, Long> producerEpochs = new HashMap<>();
  private final Map<String, Integer> generations = new HashMap<>();
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private boolean keeps;
  private long appended;

  /** Creates a log with the topics of the catalog. */
  public static RecordLog ofCatalog(PartitionCounts counts) {
    RecordLog log = new RecordLog();
    for (Topic topic : Topic.values()) {
      log.create(topic.topicName(), counts.of(topic.group()));
    }
    return log;
  }

  /**
   * Creates a topic.
   *
   * @param partitions 1 or more
   */
  public void create(String topic, int partitions) {
    List<LogPartition> made = new ArrayList<>(partitions);
    for (int partition = 0; partition < partitions; partition++) {
      TopicPartition name = new TopicPartition(topic, partition);
      made.add(new LogPartition(name, begins.getOrDefault(name, 0L)));
    }
    topics.put(topic, List.copyOf(made));
  }

  /** Keeps everything from now on, also what everybody has read, which is dropped without this. */
  public void keepEverything() {
    keeps = true;
  }

  /** Tells somebody of each record from now on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /**
   * Returns the partitions of a topic.
   *
   * @throws UnknownTopicOrPartitionException where there is no such topic
   */
  public List<LogPartition> partitions(String topic) {
    List<LogPartition> found = topics.get(topic);
    if (found == null) {
      throw new UnknownTopicOrPartitionException("there is no topic " + topic);
    }
    return found;
  }

  /** Returns a partition. */
  public LogPartition partition(TopicPartition name) {
    return partitions(name.topic()).get(name.partition());
  }

  /** Returns the names of all topics, in the order in which they were made. */
  public List<String> topics() {
    return List.copyOf(topics.keySet());
  }

  /** Returns how many records were appended since the beginning. */
  public long appended() {
    return appended;
  }

  /**
   * Appends a record; without a partition it goes where Kafka's own partitioner puts its key, and
   * without a key into the first.
   *
   * @return its offset
   */
  public long append(ProducerRecord<byte[], byte[]> record) {
    List<LogPartition> of = partitions(record.topic());
    int partition =
        record.partition() != null ? record.partition() : byKey(record.key(), of.size());
    return append(
        of.get(partition),
        record.timestamp() == null ? 0 : record.timestamp(),
        record.key(),
        record.value(),
        record.headers().toArray());
  }

  /** Appends a record to a partition, and returns its offset. */
  public long append(
      LogPartition partition, long timestampMs, byte[] key, byte[] value, Header[] headers) {
    LogEntry entry =
        new LogEntry(
            partition.end(),
            timestampMs,
            key,
            value,
            headers.length == 0 ? LogEntry.NO_HEADERS : headers);
    partition.add(entry);
    appended++;
    for (Listener listener : listeners) {
      listener.appended(partition.name(), entry);
    }
    return entry.offset();
  }

  /** Returns the partition that Kafka gives a key among so many; the first without a key. */
  public static int byKey(byte[] key, int count) {
    return key == null ? 0 : Accounts.partitionOf(key, count);
  }

  /** Drops what everybody has read. */
  public void trim() {
    if (!keeps) {
      topics.values().forEach(each -> each.forEach(LogPartition::trim));
    }
  }

  /** Returns the offset that the next record of each partition gets. */
  public Map<TopicPartition, Long> ends() {
    Map<TopicPartition, Long> ends = new LinkedHashMap<>();
    topics.values().forEach(of -> of.forEach(each -> ends.put(each.name(), each.end())));
    return ends;
  }

  /**
   * Goes on as if records up to these offsets had been there and were read and dropped; a topic
   * that is created later begins there.
   *
   * @param ends offset that the next record of each partition gets
   * @throws IllegalStateException where a partition is behind that already, or holds records that
   *     are not the last before it
   */
  public void skipTo(Map<TopicPartition, Long> ends) {
    begins.putAll(ends);
    topics
        .values()
        .forEach(of -> of.forEach(each -> each.skipTo(ends.getOrDefault(each.name(), 0L))));
  }

  /** Gives all partitions of a group to a new member, and returns its generation. */
  int nextGeneration(String group) {
    return generations.merge(group, 1, Integer::sum);
  }

  /**
   * Refuses a member whose place another one has taken since.
   *
   * @param generation of the member; below 0 for a consumer that is no member of a group
   * @throws CommitFailedException where there is a later one
   */
  void requireCurrent(String group, int generation) {
    if (generation >= 0 && generations.getOrDefault(group, 0) != generation) {
      throw new CommitFailedException("another member of " + group + " has the partitions");
    }
  }

  void commit(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
    committed.computeIfAbsent(group, any -> new HashMap<>()).putAll(offsets);
  }

  OffsetAndMetadata committed(String group, TopicPartition partition) {
    return committed.getOrDefault(group, Map.of()).get(partition);
  }

  /** Ends the life of earlier producers of an id, and returns the epoch of the new one. */
  long nextEpoch(String transactionalId) {
    return producerEpochs.merge(transactionalId, 1L, Long::sum);
  }

  boolean isInForce(String transactionalId, long epoch) {
    return producerEpochs.getOrDefault(transactionalId, 0L) == epoch;
  }
}
