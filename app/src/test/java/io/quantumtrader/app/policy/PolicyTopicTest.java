package io.quantumtrader.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.testing.RegisteredBroker;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is quicker, step by step, on a real broker. */
@Tag("real")
final class PolicyTopicTest {

  private static RegisteredBroker broker;
  private static Map<String, Object> client;
  private static RecordSerdes serdes;

  private final List<String> said = new ArrayList<>();
  private final PolicyTopic topic = new PolicyTopic(client, serdes, said::add);
  private String account;

  @BeforeAll
  static void register() {
    broker = RegisteredBroker.start();
    client = broker.client();
    serdes = broker.serdes();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void takeAnAccount() {
    account = UUID.randomUUID().toString().substring(0, 32);
  }

  @Test
  void shouldRefuseWhoBeganEarlierAndHasNotFinished() {
    try (PolicyWriter slow = topic.begin();
        PolicyWriter quick = topic.begin()) {
      // when
      assertThatThrownBy(() -> write(slow, 1)).isInstanceOf(PolicyRefusedException.class);
      write(quick, 2);
    }

    // then
    assertThat(versions()).containsExactly(2L);
  }

  @Test
  void shouldRefuseWhoReadBeforeTheOtherWrote() {
    try (PolicyWriter slow = topic.begin()) {
      try (PolicyWriter quick = topic.begin()) {
        write(quick, 1);
      }
      assertThatThrownBy(() -> write(slow, 1)).isInstanceOf(PolicyRefusedException.class);
    }
    assertThat(versions()).containsExactly(1L);
  }

  @Test
  void shouldLeaveNothingOfOneWhoIsOvertakenBetweenWritingAndCommitting() {
    // given one whose record is in the log when another begins, and commits after that
    List<PolicyWriter> quick = new ArrayList<>();
    try (PolicyWriter slow = watched(() -> quick.add(topic.begin())).begin()) {
      // when
      assertThatThrownBy(() -> write(slow, 1)).isInstanceOf(PolicyRefusedException.class);
    }
    assertThat(quick).hasSize(1);
    try (PolicyWriter writer = quick.getFirst()) {
      write(writer, 2);
    }

    // then
    assertThat(versions()).containsExactly(2L);
  }

  @Test
  void shouldLookWhetherTheRecordIsSeenBeforeItReturns() {
    // A commit is answered before its marks are written; mostly that is too quick to be noticed.
    try (PolicyWriter writer = watched(() -> {}).begin()) {
      int before = Overtaking.closed.get();

      write(writer, 1);

      // One reader for what lies in between, and at least one after the commit.
      assertThat(Overtaking.closed.get() - before).isGreaterThanOrEqualTo(2);
    }
  }

  /** Returns the topic to one who does something once his record is in the log. */
  private PolicyTopic watched(Runnable then) {
    Overtaking.then = then;
    Map<String, Object> watched = new HashMap<>(client);
    watched.put("interceptor.classes", List.of(Overtaking.class.getName()));
    return new PolicyTopic(watched, serdes, said::add);
  }

  /** Does something once a record is in the log. Readers get it too, and do nothing with it. */
  public static final class Overtaking
      implements ProducerInterceptor<Object, Object>, ConsumerInterceptor<Object, Object> {

    private static final AtomicInteger closed = new AtomicInteger();
    private static Runnable then;

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
      return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
      then.run();
    }

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {
      closed.incrementAndGet();
    }

    @Override
    public void configure(Map<String, ?> configuration) {}
  }

  @Test
  void shouldSeeWhatWasWrittenWithoutATransactionInBetween() throws Exception {
    // given one who is not fenced
    try (PolicyWriter writer = topic.begin()) {
      try (KafkaProducer<String, Policy> plain =
          new KafkaProducer<>(
              client, new StringSerializer(), serdes.of(Policy.class).serializer())) {
        plain
            .send(new ProducerRecord<>(Topic.POLICY.topicName(), account, policy(7)))
            .get(30, TimeUnit.SECONDS);
      }

      // when, then
      assertThatThrownBy(() -> write(writer, 1)).isInstanceOf(PolicyRefusedException.class);
    }
    assertThat(versions()).containsExactly(7L);
    assertThat(topic.read().nextVersion(account)).isEqualTo(8);
  }

  @Test
  void shouldShowWhatIsWrittenAsSoonAsItReturns() {
    for (int version = 1; version <= 5; version++) {
      try (PolicyWriter writer = topic.begin()) {
        assertThat(writer.history().nextVersion(account)).isEqualTo(version);
        write(writer, version);
      }
      assertThat(topic.read().versionOf(account)).isEqualTo(version);
    }
  }

  @Test
  void shouldLeaveNothingOfAChangeThatWasNotWritten() {
    topic.begin().close();
    try (PolicyWriter writer = topic.begin()) {
      write(writer, 1);
    }
    assertThat(versions()).containsExactly(1L);
    assertThat(said).isEmpty();
  }

  private void write(PolicyWriter writer, long version) {
    writer.write(account, Optional.of(policy(version)), "me", "why", 5);
  }

  private Policy policy(long version) {
    return Policy.newBuilder().setName(account).setVersion(version).setNote("why").build();
  }

  private List<Long> versions() {
    return topic.read().records().stream()
        .filter(record -> record.key().equals(account))
        .map(PolicyVersion::version)
        .toList();
  }
}
