package io.quantumtrader.schemas.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.registry.MemorySchemaRegistry;
import io.quantumtrader.schemas.serde.AvroDeserializer;
import io.quantumtrader.schemas.serde.AvroSerializer;
import io.quantumtrader.schemas.serde.Subjects;
import io.quantumtrader.schemas.testing.MockSchemaRegistry;
import io.quantumtrader.schemas.testing.TestBroker;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicCreation;
import io.quantumtrader.schemas.topic.TopicDrift;
import io.quantumtrader.schemas.topic.TopicReader;
import io.quantumtrader.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the registration step against a real broker. */
@Tag("real")
class RegistrationTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final TopicSettings SETTINGS =
      new TopicSettings(new PartitionCounts(4, 3), (short) 1, Map.of("retention.ms", "-1"));

  private TestBroker broker;
  private Map<String, Object> clients;
  private MemorySchemaRegistry registry;

  @BeforeEach
  void startBroker() {
    broker = TestBroker.start();
    String name = broker.bootstrapServers();
    registry = MockSchemaRegistry.named(name);
    clients =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "schema.registry.url",
            "mock://" + name,
            "auto.register.schemas",
            "false");
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void shouldCreateEverythingOnceAndThenChangeNothing() {
    // given
    Registration registration = new Registration(clients, SETTINGS, TIMEOUT);

    // when
    Registration.Summary first = registration.run(1_700_000_000_000L);
    Registration.Summary second = registration.run(1_800_000_000_000L);

    // then
    assertThat(first.created()).containsExactly(Topic.values());
    assertThat(first.drift()).isEmpty();
    assertThat(first.policyWritten()).isTrue();
    assertThat(first.schemaIds().keySet()).isEqualTo(Subjects.all().keySet());
    assertThat(first.versionsAdded()).containsExactlyElementsOf(Subjects.all().keySet());
    assertThat(Subjects.all().keySet())
        .allSatisfy(
            subject ->
                assertThat(registry.compatibility(subject))
                    .isEqualTo(Optional.of(Compatibility.FULL_TRANSITIVE)));

    assertThat(second.created()).isEmpty();
    assertThat(second.drift()).isEmpty();
    assertThat(second.policyWritten()).isFalse();
    assertThat(second.schemaIds()).isEqualTo(first.schemaIds());
    assertThat(second.versionsAdded()).isEmpty();
    assertThat(policies()).containsExactly(Policies.initial(1_700_000_000_000L));
  }

  @Test
  void shouldKeepThePolicyThatIsThereAndReplaceADeletedOne() throws Exception {
    // given
    Registration registration = new Registration(clients, SETTINGS, TIMEOUT);
    registration.run(1L);
    Policy changed = Policy.newBuilder(Policies.initial(2L)).setVersion(2).build();
    writePolicy("main", changed);

    // when, then
    assertThat(registration.run(3L).policyWritten()).isFalse();
    writePolicy(Policies.DEFAULT, null);
    assertThat(registration.run(4L).policyWritten()).isTrue();
    assertThat(policies())
        .containsExactly(Policies.initial(1L), changed, null, Policies.initial(4L));
  }

  @Test
  void shouldPassOverWhatCanBeNoPolicy() throws Exception {
    // given
    Registration registration = new Registration(clients, SETTINGS, TIMEOUT);
    registration.run(1L);

    // when, then
    writeUnreadablePolicy();
    assertThat(registration.run(2L).policyWritten()).isFalse();
    writePolicy(Policies.DEFAULT, null);
    writeUnreadablePolicy();
    assertThat(registration.run(3L).policyWritten()).isTrue();
  }

  @Test
  void shouldReportDriftAndLeaveExistingTopicsAlone() throws Exception {
    // given
    try (Admin admin = Admin.create(clients)) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(Topic.TRADE_INTENT.topicName(), 5, (short) 1)
                      .configs(Map.of("retention.ms", "-1")),
                  new NewTopic(Topic.POLICY.topicName(), 1, (short) 1)
                      .configs(Map.of("retention.ms", "3600000"))))
          .all()
          .get();
      TopicCreation topics = new TopicCreation(admin, SETTINGS, TIMEOUT);

      // when
      List<TopicDrift> before = topics.drift();
      List<Topic> created = topics.create();
      List<TopicDrift> after = topics.drift();

      // then
      List<TopicDrift> lasting =
          List.of(
              new TopicDrift.Setting(Topic.POLICY, "cleanup.policy", "compact", "delete"),
              new TopicDrift.Setting(
                  Topic.POLICY, "min.compaction.lag.ms", "9223372036854775807", "0"),
              new TopicDrift.Setting(Topic.POLICY, "retention.ms", "-1", "3600000"),
              new TopicDrift.Partitions(Topic.TRADE_INTENT, 3, 5));
      assertThat(before)
          .containsAll(lasting)
          .contains(new TopicDrift.Missing(Topic.CLOCK))
          .hasSize(lasting.size() + Topic.values().length - 2);
      assertThat(created)
          .hasSize(Topic.values().length - 2)
          .doesNotContain(Topic.POLICY, Topic.TRADE_INTENT);
      assertThat(after).containsExactlyElementsOf(lasting);
      assertThat(new TopicCreation(admin, replicated(3), TIMEOUT).drift())
          .contains(new TopicDrift.Replication(Topic.CLOCK, 3, 1));
    }
  }

  private static TopicSettings replicated(int factor) {
    return new TopicSettings(SETTINGS.counts(), (short) factor, SETTINGS.overrides());
  }

  private void writePolicy(String key, Policy policy)
      throws ExecutionException, InterruptedException {
    AvroSerializer<Policy> serializer = new AvroSerializer<>();
    serializer.configure(clients, false);
    try (KafkaProducer<String, Policy> producer =
        new KafkaProducer<>(new HashMap<>(clients), new StringSerializer(), serializer)) {
      producer.send(new ProducerRecord<>(Topic.POLICY.topicName(), key, policy)).get();
    }
  }

  private void writeUnreadablePolicy() throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            new HashMap<>(clients), new StringSerializer(), new ByteArraySerializer())) {
      byte[] unreadable = {9};
      producer
          .send(new ProducerRecord<>(Topic.POLICY.topicName(), Policies.DEFAULT, unreadable))
          .get();
    }
  }

  private List<Policy> policies() {
    AvroDeserializer<Policy> deserializer = new AvroDeserializer<>();
    deserializer.configure(clients, false);
    TopicPartition only = new TopicPartition(Topic.POLICY.topicName(), 0);
    List<Policy> found = new ArrayList<>();
    try (KafkaConsumer<String, Policy> consumer =
        new KafkaConsumer<>(new HashMap<>(clients), new StringDeserializer(), deserializer)) {
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      TopicReader.readTo(
          consumer,
          consumer.endOffsets(List.of(only)),
          TIMEOUT,
          record -> found.add(record.value()));
    }
    return found;
  }
}
