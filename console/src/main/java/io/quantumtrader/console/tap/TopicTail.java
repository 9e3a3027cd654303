package io.quantumtrader.console.tap;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.RegistryPatience;
import io.quantumtrader.schemas.topic.ClientIds;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every committed record of the catalog's topics, in order within a partition, and hands it
 * to listeners: the summary, the dump, the display. It belongs to no group and changes nothing.
 */
public final class TopicTail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofMillis(50);

  /** Nobody shares this reader's work, so nothing is lost by waiting for as long as it takes. */
  private final RegistryPatience patience = new RegistryPatience(Duration.ofDays(36_500));

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Map<TopicPartition, Long> begin;
  private final Map<Topic, Deserializer<? extends SpecificRecord>> deserializers =
      new EnumMap<>(Topic.class);
  private final Consumer<TappedRecord> listener;
  private final Map<TopicPartition, Long> lastData = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean running = true;
  private volatile RuntimeException failure;

  /**
   * Where in a topic a tail begins.
   *
   * @param back how many offsets before the end of each partition, 0 or more
   * @param sinceMs record time to begin with, epoch milliseconds UTC; what of both is earlier
   *     counts
   */
  public record Begin(long back, long sinceMs) {

    /** With the first record that is there. */
    public static final Begin WHOLE = new Begin(Long.MAX_VALUE, Long.MAX_VALUE);

    /** So many offsets before the end. */
    public static Begin last(long back) {
      return new Begin(back, Long.MAX_VALUE);
    }

    /** With the first record of a time, or after it. */
    public static Begin since(long sinceMs) {
      return new Begin(0, sinceMs);
    }
  }

  /**
   * Attaches to all topics from their beginning; what lies there now counts as earlier.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @param listener called on the tail's own thread, one record at a time
   */
  public TopicTail(
      Map<String, Object> client, RecordSerdes serdes, Consumer<TappedRecord> listener) {
    this(client, serdes, topic -> Begin.WHOLE, listener);
  }

  /**
   * Attaches to all topics; what lies there now counts as earlier.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @param from where in a topic it begins
   * @param listener called on the tail's own thread, one record at a time
   */
  public TopicTail(
      Map<String, Object> client,
      RecordSerdes serdes,
      Function<Topic, Begin> from,
      Consumer<TappedRecord> listener) {
    this.listener = listener;
    RecordSerdes waiting = serdes.waitingWith(patience);
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, ClientIds.of(client, "quantum-tap"));
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    for (Topic topic : Topic.values()) {
      consumer
          .partitionsFor(topic.topicName())
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
      topic
          .valueType()
          .ifPresent(type -> deserializers.put(topic, waiting.of(type).deserializer()));
    }
    begin = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    seek(from);
    thread = new Thread(this::run, "quantum-tap");
    thread.setDaemon(true);
  }

  private void seek(Function<Topic, Begin> from) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> times = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Begin wanted = from.apply(Topic.named(partition.topic()).orElseThrow());
      if (wanted.sinceMs() != Long.MAX_VALUE) {
        times.put(partition, wanted.sinceMs());
      }
      consumer.seek(
          partition, Math.max(first.get(partition), begin.get(partition) - wanted.back()));
    }
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              // None where nothing is that young.
              if (found != null && found.offset() < consumer.position(partition)) {
                consumer.seek(partition, found.offset());
              }
            });
  }

  /** Starts to read. */
  public void start() {
    thread.start();
  }

  /**
   * Returns whether everything committed so far on these topics was handed on.
   *
   * @throws IllegalStateException if the tail failed
   */
  public boolean caughtUp(Admin admin, Collection<Topic> topics) {
    if (failure != null) {
      throw new IllegalStateException("the tap stopped: " + failure.getMessage(), failure);
    }
    Map<TopicPartition, Long> ends = committedEnds(admin, topics);
    return ends.entrySet().stream()
        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /** Returns what it failed with, or empty while it reads. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns the partitions of these topics. */
  public List<TopicPartition> partitions(Collection<Topic> topics) {
    List<String> names = topics.stream().map(Topic::topicName).toList();
    return partitions.stream().filter(partition -> names.contains(partition.topic())).toList();
  }

  /** Returns the offset of the last record handed on from a partition, or -1. */
  public long lastOffset(TopicPartition partition) {
    return lastData.getOrDefault(partition, -1L);
  }

  private Map<TopicPartition, Long> committedEnds(Admin admin, Collection<Topic> topics) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions(topics).forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
    var options =
        new org.apache.kafka.clients.admin.ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    try {
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(wanted, options)
          .all()
          .get(30, java.util.concurrent.TimeUnit.SECONDS)
          .forEach((partition, info) -> ends.put(partition, info.offset()));
      return ends;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for end offsets", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "the broker did not answer for end offsets", e);
    }
  }

  private void run() {
    try {
      while (running) {
        for (ConsumerRecord<byte[], byte[]> raw : consumer.poll(POLL)) {
          hand(raw);
        }
        notePositions();
      }
    } catch (WakeupException e) {
      // close() wakes the poll up; nothing is lost by leaving here.
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
      stopped.countDown();
    }
  }

  private void notePositions() {
    try {
      partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
    } catch (org.apache.kafka.common.errors.TimeoutException away) {
      LOG.debug("the broker is unavailable; positions will be read when it is back", away);
    }
  }

  private void hand(ConsumerRecord<byte[], byte[]> raw) {
    Topic topic = Topic.named(raw.topic()).orElseThrow();
    TopicPartition partition = new TopicPartition(raw.topic(), raw.partition());
    Deserializer<? extends SpecificRecord> deserializer = deserializers.get(topic);
    boolean earlier = raw.offset() < begin.get(partition);
    listener.accept(decoded(topic, raw, deserializer, earlier));
    lastData.put(partition, raw.offset());
  }

  /** A value that nobody can decode is handed on as such: who reads behind it must not wait. */
  private static TappedRecord decoded(
      Topic topic,
      ConsumerRecord<byte[], byte[]> raw,
      Deserializer<? extends SpecificRecord> deserializer,
      boolean earlier) {
    if (deserializer == null) {
      return TappedRecord.of(topic, raw, Optional.empty(), earlier);
    }
    try {
      SpecificRecord value = deserializer.deserialize(raw.topic(), raw.value());
      return TappedRecord.of(topic, raw, Optional.ofNullable(value), earlier);
    } catch (RegistryUnavailableException stopped) {
      throw stopped;
    } catch (SerializationException unreadable) {
      LOG.warn(
          "a record of {} cannot be read, partition {}, offset {}: {}",
          raw.topic(),
          raw.partition(),
          raw.offset(),
          unreadable.getMessage());
      return new TappedRecord(topic, raw, Optional.empty(), false, earlier);
    }
  }

  /** Stops reading; returns when the last record was handed on or after 5 s. */
  @Override
  public void close() {
    running = false;
    patience.stop();
    consumer.wakeup();
    if (!thread.isAlive()) {
      return;
    }
    try {
      boolean ended = stopped.await(5, java.util.concurrent.TimeUnit.SECONDS);
      if (!ended) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
