package io.quantumtrader.app.parts;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change that operators make one at a time: all of them share a transactional id, so that who
 * begins fences everybody who began before and has not finished. What one sends is there as a whole
 * or not at all.
 *
 * @param <K> type of the keys
 */
public final class OperatorTransaction<K> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorTransaction.class);

  /** How long beginning, writing and becoming visible may take each. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final long LOOK_AGAIN_MS = 20;

  private final KafkaProducer<K, byte[]> producer;
  private boolean open;

  private OperatorTransaction(KafkaProducer<K, byte[]> producer) {
    this.producer = producer;
  }

  /** Somebody else began after this one; nothing of this one was written. */
  public static final class TakenOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TakenOverException(Throwable cause) {
      super("somebody else began after this one", cause);
    }
  }

  /**
   * Begins one; who began earlier is refused from now on.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param id the transactional id that these operators share
   * @throws TakenOverException if somebody else begins at the same time
   * @throws KafkaException if it cannot be begun within 15 s
   */
  public static <K> OperatorTransaction<K> begin(
      Map<String, Object> client, String id, Serializer<K> keys) {
    int patienceMs = (int) PATIENCE.toMillis();
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, patienceMs);
    OperatorTransaction<K> begun =
        new OperatorTransaction<>(new KafkaProducer<>(settings, keys, new ByteArraySerializer()));
    try {
      begun.producer.initTransactions();
      begun.producer.beginTransaction();
      begun.open = true;
      return begun;
    } catch (KafkaException e) {
      begun.close();
      throw begun.failed(e);
    }
  }

  /** Returns the partitions of a topic. */
  public List<PartitionInfo> partitionsFor(String topic) {
    return producer.partitionsFor(topic);
  }

  /**
   * Sends a record, to be committed.
   *
   * @return where it lies
   * @throws TakenOverException if somebody else began meanwhile
   * @throws KafkaException if the broker does not take it within 15 s
   */
  public RecordMetadata send(ProducerRecord<K, byte[]> record) {
    try {
      return producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while a record was sent", e);
    }
  }

  /**
   * Commits what was sent.
   *
   * @throws TakenOverException if somebody else began meanwhile
   * @throws KafkaException if the broker does not answer within 15 s
   */
  public void commit() {
    try {
      producer.commitTransaction();
      open = false;
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  /**
   * Waits until what was committed can be read, 15 s at most. A commit is answered before its marks
   * are written, and until they are nobody sees the record: not the next command of the same
   * operator either. Where that takes too long it is committed all the same.
   *
   * @param visible whether it can be read by now
   */
  public static void awaitVisible(BooleanSupplier visible) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!visible.getAsBoolean() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK_AGAIN_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted before what was committed could be read", e);
    }
  }

  private RuntimeException failed(Exception failure) {
    if (isTakenOver(failure)) {
      open = false;
      return new TakenOverException(failure);
    }
    return failure instanceof KafkaException known
        ? known
        : new KafkaException("it could not be written: " + failure.getMessage(), failure);
  }

  /** Whose transaction was ended by another finds itself fenced, or in no state to commit. */
  static boolean isTakenOver(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException
          || cause instanceof InvalidTxnStateException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Ends it. What was not committed is undone here and now: a producer that is closed with its
   * transaction open waits for as long as it is given, and readers wait behind what it sent.
   */
  @Override
  public void close() {
    if (open) {
      try {
        producer.abortTransaction();
      } catch (KafkaException | IllegalStateException e) {
        // The latter where a commit was not answered in time: it may have been made.
        LOG.debug("not undone here; whoever begins next undoes it, or the broker after 15 s", e);
      }
    }
    producer.close(Duration.ZERO);
  }
}
