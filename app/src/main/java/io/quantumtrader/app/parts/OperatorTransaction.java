package io.quantumtrader.app.parts;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A change that operators make one at a time: all of them share a transactional id, so that who
 * begins fences everybody who began before and has not finished.
 */
public final class OperatorTransaction {

  /** How long beginning, writing and becoming visible may take each. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final long LOOK_AGAIN_MS = 20;

  private OperatorTransaction() {}

  /**
   * Returns a producer in a transaction that has begun; who began earlier is refused from now on.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param id the transactional id that these operators share
   * @throws KafkaException if it cannot be begun within 15 s, or somebody else begins at the same
   *     time: {@link #isTakenOver} tells
   */
  public static <K> KafkaProducer<K, byte[]> begin(
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
    KafkaProducer<K, byte[]> producer =
        new KafkaProducer<>(settings, keys, new ByteArraySerializer());
    try {
      producer.initTransactions();
      producer.beginTransaction();
      return producer;
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Returns whether something failed because somebody else began afterwards: whose transaction was
   * ended by another finds itself fenced, or in no state to commit.
   */
  public static boolean isTakenOver(Throwable failure) {
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
   * Waits until what was committed can be read, 15 s at most. A commit is answered before its marks
   * are written, and until they are nobody sees the record: not the next command of the same
   * operator either. Where that takes too long it is committed all the same.
   *
   * @param visible whether it can be read by now
   */
  public static void awaitVisible(BooleanSupplier visible) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!visible.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_AGAIN_MS);
    }
  }
}
