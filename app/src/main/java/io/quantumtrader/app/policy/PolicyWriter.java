package io.quantumtrader.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One change of the policy: compare and set. All operators share one transactional id, so that who
 * begins a change fences everybody who began one before; and what is compared is read after that,
 * so that nobody can write in between and not be seen.
 */
final class PolicyWriter implements AutoCloseable {

  private static final long LOOK_AGAIN_MS = 20;

  private final KafkaProducer<String, Policy> producer;
  private final PolicyTopic topic;
  private final PolicyHistory history;

  private PolicyWriter(
      KafkaProducer<String, Policy> producer, PolicyTopic topic, PolicyHistory history) {
    this.producer = producer;
    this.topic = topic;
    this.history = history;
  }

  static PolicyWriter begin(Map<String, Object> client, RecordSerdes serdes, PolicyTopic topic) {
    int patienceMs = (int) PolicyTopic.PATIENCE.toMillis();
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, PolicyCommand.OPERATORS);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, patienceMs);
    KafkaProducer<String, Policy> producer =
        new KafkaProducer<>(settings, new StringSerializer(), serdes.of(Policy.class).serializer());
    try {
      producer.initTransactions();
      producer.beginTransaction();
      return new PolicyWriter(producer, topic, topic.read());
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw refusedOr(e);
    }
  }

  /** Returns what lies on the topic, read after everybody else was fenced. */
  PolicyHistory history() {
    return history;
  }

  /**
   * Writes a record, or removes one.
   *
   * @param key default or account
   * @param policy what it says; empty removes the record
   * @throws PolicyRefusedException if somebody else was quicker; nothing was written
   * @throws KafkaException if it cannot be written within 15 s
   */
  void write(String key, Optional<Policy> policy, String setBy, String reason, long nowMs) {
    ProducerRecord<String, Policy> record =
        new ProducerRecord<>(
            PolicyTopic.PARTITION.topic(),
            PolicyTopic.PARTITION.partition(),
            nowMs,
            key,
            policy.orElse(null));
    Headers headers = record.headers();
    headers.add(PolicyTopic.SET_BY, setBy.getBytes(UTF_8));
    headers.add(PolicyTopic.REASON, reason.getBytes(UTF_8));
    try {
      long offset = producer.send(record).get(seconds(), TimeUnit.SECONDS).offset();
      if (isBetween(offset)) {
        producer.abortTransaction();
        throw new PolicyRefusedException("a record was written in between", null);
      }
      producer.commitTransaction();
      awaitVisible(offset);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw refusedOr(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while the policy record was written", e);
    }
  }

  /**
   * A commit is answered before its marks are written, and until they are nobody sees the record:
   * not the next command of the same operator either. Where that takes too long it is committed all
   * the same.
   */
  private void awaitVisible(long offset) throws InterruptedException {
    long deadline = System.nanoTime() + PolicyTopic.PATIENCE.toNanos();
    while (topic.read(offset, Long.MAX_VALUE, record -> {}) <= offset
        && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_AGAIN_MS);
    }
  }

  private static long seconds() {
    return PolicyTopic.PATIENCE.toSeconds();
  }

  /** Whoever writes without the transactional id is not fenced, but is seen. */
  private boolean isBetween(long offset) {
    boolean[] found = {false};
    topic.read(history.end(), offset, record -> found[0] = true);
    return found[0];
  }

  private static RuntimeException refusedOr(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return new PolicyRefusedException("somebody else started a change after this one", failure);
      }
    }
    return failure instanceof KafkaException known
        ? known
        : new KafkaException(
            "the policy record could not be written: " + failure.getMessage(), failure);
  }

  /** Ends the change; one that was not written is undone. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
