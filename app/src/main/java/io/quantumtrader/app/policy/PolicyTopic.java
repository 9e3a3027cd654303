package io.quantumtrader.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.bounds.TableRow;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;

/** The policy records and the scheduled ones as they lie on their topics, of one partition each. */
final class PolicyTopic {

  /** Header that says who wrote a record. */
  static final String SET_BY = "quantum.set.by";

  /** Header that says why a record was removed; a record itself says it as its note. */
  static final String REASON = "quantum.reason";

  static final Duration PATIENCE = Duration.ofSeconds(15);
  static final TopicPartition PARTITION = new TopicPartition(Topic.POLICY.topicName(), 0);
  static final TopicPartition SCHEDULES = new TopicPartition(Topic.POLICY_SCHEDULE.topicName(), 0);

  private final Map<String, Object> client;
  private final RecordSerdes serdes;
  private final Consumer<String> talk;

  /**
   * Names the topic; nothing is connected yet.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @param talk is told in one line of each record that cannot be read
   */
  PolicyTopic(Map<String, Object> client, RecordSerdes serdes, Consumer<String> talk) {
    this.client = Map.copyOf(client);
    this.serdes = serdes;
    this.talk = talk;
  }

  /**
   * Reads every record. One that cannot be read is skipped, as in the stages.
   *
   * @throws KafkaException if the topic cannot be read within 15 s
   */
  PolicyHistory read() {
    List<PolicyVersion> records = new ArrayList<>();
    long end = read(0, Long.MAX_VALUE, record -> take(record, records));
    return new PolicyHistory(records, end);
  }

  /**
   * Reads the scheduled changes, each as it was written last. A record that can be no row is
   * skipped. Where the topic is not there yet, there are none.
   *
   * @throws KafkaException if the topic cannot be read within 15 s
   */
  ScheduleReading schedules() {
    Map<String, PolicySchedule> byId = new LinkedHashMap<>();
    AtomicLong end = new AtomicLong();
    new TopicReader(client, PATIENCE)
        .readAll(
            List.of(SCHEDULES.topic()),
            record -> {
              take(record, byId);
              end.set(record.offset() + 1);
            });
    return new ScheduleReading(byId, end.get());
  }

  /**
   * Begins a change; an unfinished change that began earlier is refused from now on.
   *
   * @throws KafkaException if it cannot be begun within 15 s
   * @throws PolicyRefusedException if somebody else begins one at the same time
   */
  PolicyWriter begin() {
    return PolicyWriter.begin(client, serdes, this);
  }

  /** Reads records of the policy as they are, from one offset to before another. */
  private long read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    return read(PARTITION, from, to, taker);
  }

  /** Reads records as they are, from one offset to before another. */
  long read(
      TopicPartition partition,
      long from,
      long to,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    return new TopicReader(client, PATIENCE).read(partition, from, to, taker);
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Map<String, PolicySchedule> byId) {
    String id = record.key() == null ? null : new String(record.key(), UTF_8);
    try {
      PolicySchedule schedule =
          record.value() == null
              ? null
              : serdes
                  .of(PolicySchedule.class)
                  .deserializer()
                  .deserialize(record.topic(), record.value());
      Optional<TableRow.Flaw> flaw = TableRow.flaw(Topic.POLICY_SCHEDULE, id, schedule);
      if (flaw.isPresent()) {
        skip(record, id, flaw.get().message());
      } else if (schedule == null) {
        byId.remove(id);
      } else {
        byId.put(id, schedule);
      }
    } catch (RegistryUnavailableException e) {
      throw e;
    } catch (SerializationException e) {
      skip(record, id, "it cannot be read");
    }
  }

  private void skip(ConsumerRecord<byte[], byte[]> record, String key, String why) {
    talk.accept(
        "Skipped the record of %s for %s at offset %d: %s."
            .formatted(record.topic(), key, record.offset(), why));
  }

  private void take(ConsumerRecord<byte[], byte[]> record, List<PolicyVersion> records) {
    if (record.key() == null) {
      talk.accept(
          "Skipped the record of %s at offset %d: it has no key."
              .formatted(record.topic(), record.offset()));
      return;
    }
    String key = new String(record.key(), UTF_8);
    try {
      Optional<Policy> policy =
          Optional.ofNullable(record.value())
              .map(
                  value ->
                      serdes.of(Policy.class).deserializer().deserialize(record.topic(), value));
      String why = policy.map(Policy::getNote).orElseGet(() -> header(record, REASON));
      records.add(
          new PolicyVersion(
              key,
              record.offset(),
              policy,
              header(record, SET_BY),
              why,
              policy.map(Policy::getCreatedAtMs).orElse(record.timestamp())));
    } catch (RegistryUnavailableException e) {
      throw e;
    } catch (SerializationException e) {
      skip(record, key, "it cannot be read");
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }
}
