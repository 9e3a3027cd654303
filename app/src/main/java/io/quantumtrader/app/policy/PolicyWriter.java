package io.quantumtrader.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.app.parts.OperatorTransaction;
import io.quantumtrader.app.parts.OperatorTransaction.TakenOverException;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One change of the policy, or of what is scheduled of it: compare and set. All who change it share
 * one transactional id, so that who begins a change fences everybody who began one before; and what
 * is compared is read after that, so that nobody can write in between and not be seen. What one
 * change writes is there as a whole or not at all.
 */
final class PolicyWriter implements AutoCloseable {

  private final OperatorTransaction<String> transaction;
  private final RecordSerdes serdes;
  private final PolicyTopic topic;
  private final PolicyHistory history;
  private final List<Sent> sent = new ArrayList<>();
  private ScheduleReading schedules;

  /**
   * A record that is not committed yet.
   *
   * @param readTo offset up to which its partition was read before
   * @param offset its own
   */
  private record Sent(TopicPartition partition, long readTo, long offset) {}

  private PolicyWriter(
      OperatorTransaction<String> transaction,
      RecordSerdes serdes,
      PolicyTopic topic,
      PolicyHistory history) {
    this.transaction = transaction;
    this.serdes = serdes;
    this.topic = topic;
    this.history = history;
  }

  static PolicyWriter begin(Map<String, Object> client, RecordSerdes serdes, PolicyTopic topic) {
    OperatorTransaction<String> begun =
        refusing(
            () ->
                OperatorTransaction.begin(client, PolicyCommand.OPERATORS, new StringSerializer()));
    try {
      return new PolicyWriter(begun, serdes, topic, topic.read());
    } catch (KafkaException e) {
      begun.close();
      throw e;
    }
  }

  /** Returns what lies on the topic, read after everybody else was fenced. */
  PolicyHistory history() {
    return history;
  }

  /** Returns the scheduled changes, read after everybody else was fenced. */
  ScheduleReading schedules() {
    if (schedules == null) {
      schedules = topic.schedules();
    }
    return schedules;
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
    prepare(key, policy, setBy, reason, nowMs);
    commit();
  }

  /**
   * Writes a scheduled change, or what has become of it.
   *
   * @throws PolicyRefusedException if somebody else was quicker; nothing was written
   * @throws KafkaException if it cannot be written within 15 s
   */
  void write(PolicySchedule schedule, long nowMs) {
    prepare(schedule, nowMs);
    commit();
  }

  /**
   * Sends a policy record, to be committed.
   *
   * @throws PolicyRefusedException if somebody else was quicker
   * @throws KafkaException if the broker does not take it within 15 s
   */
  void prepare(String key, Optional<Policy> policy, String setBy, String reason, long nowMs) {
    ProducerRecord<String, byte[]> record =
        record(PolicyTopic.PARTITION, key, policy.orElse(null), Policy.class, nowMs);
    Headers headers = record.headers();
    headers.add(PolicyTopic.SET_BY, setBy.getBytes(UTF_8));
    headers.add(PolicyTopic.REASON, reason.getBytes(UTF_8));
    send(record, PolicyTopic.PARTITION, history.end());
  }

  /**
   * Sends a scheduled change, to be committed.
   *
   * @throws PolicyRefusedException if somebody else was quicker
   * @throws KafkaException if the broker does not take it within 15 s
   */
  void prepare(PolicySchedule schedule, long nowMs) {
    long readTo = schedules().end();
    send(
        record(
            PolicyTopic.SCHEDULES, schedule.getScheduleId(), schedule, PolicySchedule.class, nowMs),
        PolicyTopic.SCHEDULES,
        readTo);
  }

  private <T extends SpecificRecord> ProducerRecord<String, byte[]> record(
      TopicPartition partition, String key, T value, Class<T> type, long nowMs) {
    byte[] bytes =
        value == null ? null : serdes.of(type).serializer().serialize(partition.topic(), value);
    return new ProducerRecord<>(partition.topic(), partition.partition(), nowMs, key, bytes);
  }

  private void send(ProducerRecord<String, byte[]> record, TopicPartition partition, long readTo) {
    long offset = refusing(() -> transaction.send(record)).offset();
    sent.add(new Sent(partition, readTo, offset));
  }

  /**
   * Commits what was sent, all of it or nothing.
   *
   * @throws PolicyRefusedException if somebody else was quicker; nothing was written
   * @throws KafkaException if it cannot be written within 15 s
   */
  void commit() {
    if (sent.stream().anyMatch(this::isBehindAnother)) {
      throw new PolicyRefusedException("a record was written in between", null);
    }
    refusing(
        () -> {
          transaction.commit();
          return sent.size();
        });
    sent.forEach(each -> OperatorTransaction.awaitVisible(() -> isVisible(each)));
  }

  private boolean isVisible(Sent record) {
    return topic.read(record.partition(), record.offset(), Long.MAX_VALUE, any -> {})
        > record.offset();
  }

  /** Whoever writes without the transactional id is not fenced, but is seen. */
  private boolean isBehindAnother(Sent record) {
    boolean[] found = {false};
    topic.read(record.partition(), record.readTo(), record.offset(), any -> found[0] = true);
    return found[0];
  }

  private static <T> T refusing(Supplier<T> step) {
    try {
      return step.get();
    } catch (TakenOverException e) {
      throw new PolicyRefusedException("somebody else started a change after this one", e);
    }
  }

  /** Ends the change; one that was not written is undone. */
  @Override
  public void close() {
    transaction.close();
  }
}
