package io.quantumtrader.schemas.topic;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the committed records of topics, all or the last, to the one that is the last as it begins.
 * It belongs to no group and changes nothing.
 */
public final class TopicReader {

  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

  /** Closing waits for the fetch that is on its way, which at the end of a topic is as long. */
  private static final int FETCH_MAX_WAIT_MS = 10;

  private final Map<String, Object> client;
  private final Duration patience;

  /**
   * Creates a reader; nothing is connected yet.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param patience how long reading a topic may stand still
   */
  public TopicReader(Map<String, Object> client, Duration patience) {
    Duration oneAnswer = patience.compareTo(ANSWERS_WITHIN) < 0 ? patience : ANSWERS_WITHIN;
    Map<String, Object> settings = new HashMap<>(client);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, ClientIds.of(client, "quantum-reader"));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MS);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) oneAnswer.toMillis());
    this.client = Map.copyOf(settings);
    this.patience = patience;
  }

  /**
   * Reads the values of a topic, those that cannot be decoded left out.
   *
   * @param taker takes each value, in the order of its partition
   * @throws KafkaException if it cannot be read to its end in time
   */
  public <T> void readValues(Topic topic, Deserializer<T> values, Consumer<T> taker) {
    readLastValues(topic, Long.MAX_VALUE, values, taker);
  }

  /**
   * Reads the last values of each partition of a topic, those that cannot be decoded left out.
   *
   * @param back offsets to begin before the end of a partition, above 0
   * @param taker takes each value, in the order of its partition
   * @throws KafkaException if it cannot be read to its end in time
   */
  public <T> void readLastValues(
      Topic topic, long back, Deserializer<T> values, Consumer<T> taker) {
    readLast(topic, back, record -> hand(record, values, taker));
  }

  /**
   * Reads the last records of each partition of a topic, as they are.
   *
   * @param back offsets to begin before the end of a partition, above 0
   * @param taker takes each record, in the order of its partition
   * @throws KafkaException if it cannot be read to its end in time
   */
  public void readLast(Topic topic, long back, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      ends.forEach((of, end) -> consumer.seek(of, Math.max(begins.get(of), end - back)));
      drain(consumer, ends, taker);
    }
  }

  /**
   * Reads the records of a topic from the first on that has a time or a later one, as they are. One
   * behind that may carry an earlier time.
   *
   * @param fromMs epoch milliseconds UTC, 0 or more
   * @param taker takes each record, in the order of its partition
   * @throws KafkaException if it cannot be read to its end in time
   */
  public void readSince(Topic topic, long fromMs, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<TopicPartition, Long> from =
          consumer.partitionsFor(topic.topicName()).stream()
              .collect(
                  Collectors.toMap(
                      info -> new TopicPartition(info.topic(), info.partition()), info -> fromMs));
      consumer.assign(from.keySet());
      Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
      consumer
          .offsetsForTimes(from)
          .forEach((of, first) -> consumer.seek(of, first == null ? ends.get(of) : first.offset()));
      drain(consumer, ends, taker);
    }
  }

  /**
   * Reads all records of several topics, as they are.
   *
   * @param names names of topics; those that do not exist are passed over
   * @param taker takes each record, in the order of its partition
   * @throws KafkaException if they cannot be read to their ends in time
   */
  public void readAll(Collection<String> names, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<String, List<PartitionInfo>> there = consumer.listTopics();
      List<TopicPartition> partitions =
          names.stream()
              .flatMap(name -> there.getOrDefault(name, List.of()).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      drain(consumer, consumer.endOffsets(partitions), taker);
    }
  }

  /**
   * Returns how many partitions a topic has, 0 if there is no such topic.
   *
   * @throws KafkaException if the broker does not say
   */
  public int partitions(Topic topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.partitionsFor(topic.topicName()).size();
    }
  }

  /**
   * Reads the records of a partition, as they are.
   *
   * @param from offset of the first record, or 0 for the first that is there
   * @param to offset to stop before, if the end is not reached earlier
   * @param taker takes each record, in order
   * @return offset behind what was read
   * @throws KafkaException if it cannot be read to its end in time
   */
  public long read(
      TopicPartition partition,
      long from,
      long to,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, from);
      long end = Math.min(to, consumer.endOffsets(List.of(partition)).get(partition));
      drain(consumer, Map.of(partition, end), taker);
      return end;
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void drain(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    readTo(
        consumer,
        ends,
        patience,
        record -> {
          if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
            taker.accept(record);
          }
        });
  }

  /**
   * Reads on with a consumer of the caller's own, from where it stands, until it is at these
   * offsets or behind them. Where one of them is behind what is committed, the end of an open
   * transaction is waited for.
   *
   * @param consumer consumer with its partitions assigned
   * @param ends offsets to reach, by partition
   * @param patience how long it may stand still, all in all
   * @param taker takes each record that is polled, in the order of its partition; those behind the
   *     ends too, as the consumer has passed them
   * @return how many records were handed over
   * @throws TimeoutException if it stands still for longer
   */
  public static <K, V> int readTo(
      org.apache.kafka.clients.consumer.Consumer<K, V> consumer,
      Map<TopicPartition, Long> ends,
      Duration patience,
      Consumer<ConsumerRecord<K, V>> taker) {
    int taken = 0;
    long stallsLeft = Math.max(1, patience.dividedBy(POLL));
    Map<TopicPartition, Long> positions = positions(consumer, ends.keySet());
    while (ends.entrySet().stream().anyMatch(end -> positions.get(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<K, V> record : consumer.poll(POLL)) {
        taker.accept(record);
        taken++;
      }
      Map<TopicPartition, Long> now = positions(consumer, ends.keySet());
      if (now.equals(positions) && --stallsLeft == 0) {
        throw new TimeoutException("reading is stuck at " + now + ", before " + ends);
      }
      positions.putAll(now);
    }
    return taken;
  }

  private static Map<TopicPartition, Long> positions(
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
    return positions;
  }

  private static <T> void hand(
      ConsumerRecord<byte[], byte[]> taken, Deserializer<T> values, Consumer<T> taker) {
    try {
      T value = values.deserialize(taken.topic(), taken.headers(), taken.value());
      if (value != null) {
        taker.accept(value);
      }
    } catch (RegistryUnavailableException e) {
      throw e;
    } catch (SerializationException e) {
      // Nothing to remember; the reader whose work it is makes it a dead letter.
      LOG.debug(
          "skipped a record of {} that cannot be read, offset {}",
          taken.topic(),
          taken.offset(),
          e);
    }
  }
}
