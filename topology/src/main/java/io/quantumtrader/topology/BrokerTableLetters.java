package io.quantumtrader.topology;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters of the global tables to the broker, each once: every process reads every
 * table, and from the beginning at each start.
 *
 * <p>How far the bad records of a partition have been handled is kept in the committed offsets of a
 * consumer group that has no members, {@code APPLICATION-table-letters}, and moves in the same
 * transaction as the letter. Processes share one transactional id, so that of two that see the same
 * record one is fenced, and then finds it done. A thread of its own does it, and none is there
 * while there is nothing to write.
 */
final class BrokerTableLetters implements TableLetters {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerTableLetters.class);
  private static final String SUFFIX = "-table-letters";

  /** Letters that wait at most; each may have close to a mebibyte. */
  private static final int MAX_WAITING = 100;

  private static final long PAUSE_MS = 1_000;
  private static final long ROOM_MS = 10_000;
  private static final long CLOSE_MS = 5_000;

  private record Letter(
      TopicPartition source, long offset, ProducerRecord<byte[], byte[]> record) {}

  private final Map<?, ?> configuration;
  private final Deque<Letter> waiting = new ArrayDeque<>();

  /** Partitions of which a letter was lost; none of a later record is taken until a new start. */
  private final Set<TopicPartition> gaps = new HashSet<>();

  private Thread thread;
  private boolean closing;
  private boolean unreachable;
  private long lost;

  /**
   * Names the broker; nothing is connected before the first letter.
   *
   * @param configuration Streams configuration
   */
  BrokerTableLetters(Map<?, ?> configuration) {
    this.configuration = configuration;
  }

  @Override
  public synchronized void bury(
      TopicPartition source, long offset, ProducerRecord<byte[], byte[]> letter) {
    closing = false;
    if (gaps.contains(source) || !hasRoom()) {
      // The table must go on; its topic still holds the record, and the next start finds it, as
      // long as no later one of its partition is written before.
      gaps.add(source);
      lost++;
      LOG.error("{} dead letters of tables could not be written, the last of {}", lost, source);
      return;
    }
    waiting.add(new Letter(source, offset, letter));
    if (thread == null) {
      thread = new Thread(this::run, "quantum-table-letters");
      thread.setDaemon(true);
      thread.start();
    }
    notifyAll();
  }

  /** Waits once for room; not again while the broker is unavailable. */
  private boolean hasRoom() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lost > 0 ? 0 : ROOM_MS);
    while (waiting.size() >= MAX_WAITING) {
      if (unreachable || !await(end)) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("WaitNotInLoop") // who calls it asks in a loop
  private boolean await(long endNanos) {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    if (leftMs <= 0) {
      return false;
    }
    try {
      wait(leftMs);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    while (!isEnd()) {
      try (Connection connection = new Connection(configuration)) {
        for (Letter letter = first(); letter != null; letter = first()) {
          connection.write(letter);
          done();
        }
      } catch (KafkaException failed) {
        // Another process wrote one, or the broker is unavailable: look again.
        LOG.warn("retrying dead letters of tables: {}", failed.toString());
        failed(failed);
      }
    }
  }

  private synchronized boolean isEnd() {
    if (waiting.isEmpty() || Thread.currentThread().isInterrupted()) {
      thread = null;
      notifyAll();
      return true;
    }
    return false;
  }

  private synchronized Letter first() {
    return waiting.peek();
  }

  private synchronized void done() {
    waiting.remove();
    lost = 0;
    unreachable = false;
    notifyAll();
  }

  private synchronized void failed(KafkaException failure) {
    unreachable = failure.getCause() instanceof ConfigException;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MS);
    while (!closing && await(end)) {
      // Until the time is over, or there is no more time to wait for.
    }
    if (closing && unreachable) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closing = true;
    // Whoever uses it after this reads the tables from their beginning.
    gaps.clear();
    notifyAll();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MS);
    while (thread != null && !unreachable && await(end)) {
      // Until all is out.
    }
    if (thread != null) {
      LOG.error("{} dead letters of tables are not written yet", waiting.size());
      thread.interrupt();
    }
  }

  /** A producer and what tells how far it is; fenced by the next process that comes. */
  private static final class Connection implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final Consumer<byte[], byte[]> group;
    private final Producer<byte[], byte[]> producer;

    Connection(Map<?, ?> configuration) {
      StreamsConfig streams = new StreamsConfig(configuration);
      String name = streams.getString(StreamsConfig.APPLICATION_ID_CONFIG) + SUFFIX;
      Map<String, Object> reading = new HashMap<>(streams.getRestoreConsumerConfigs(name));
      reading.put(ConsumerConfig.GROUP_ID_CONFIG, name);
      reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
      Map<String, Object> writing = new HashMap<>(streams.getProducerConfigs(name));
      writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
      group =
          new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      try {
        producer =
            new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
      } catch (RuntimeException failed) {
        group.close();
        throw failed;
      }
      try {
        producer.initTransactions();
      } catch (RuntimeException failed) {
        close();
        throw failed;
      }
    }

    void write(Letter letter) {
      if (isDone(letter)) {
        return;
      }
      producer.beginTransaction();
      Future<RecordMetadata> unused = producer.send(letter.record());
      producer.sendOffsetsToTransaction(
          Map.of(letter.source(), new OffsetAndMetadata(letter.offset() + 1)),
          group.groupMetadata());
      producer.commitTransaction();
    }

    /** Asked for after the producer has fenced all others, so that the answer stays true. */
    private boolean isDone(Letter letter) {
      OffsetAndMetadata committed =
          group.committed(Set.of(letter.source()), ANSWER).get(letter.source());
      return committed != null && committed.offset() > letter.offset();
    }

    @Override
    public void close() {
      producer.close(GOODBYE);
      group.close(CloseOptions.timeout(GOODBYE));
    }
  }
}
