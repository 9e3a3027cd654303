package io.quantumtrader.agents;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.market.lockstep.AdminOffsets;
import io.quantumtrader.market.lockstep.Drain;
import io.quantumtrader.market.lockstep.Lockstep;
import io.quantumtrader.market.lockstep.LockstepSettings;
import io.quantumtrader.market.lockstep.Pipeline;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.testing.TestBroker;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agent between real topics, fed by transactions as the stages do. */
@Tag("real")
final class AgentOnBrokerTest {

  private static final long MINUTE = 60_000;

  private static TestBroker kafka;
  private static Map<String, Object> client;

  private final RecordSerdes serdes =
      new RecordSerdes(
          Map.of(
              "schema.registry.url", "mock://" + UUID.randomUUID(), "auto.register.schemas", true));
  private KafkaProducer<byte[], byte[]> producer;
  private Agent agent;

  @BeforeAll
  static void startBroker() {
    kafka = TestBroker.start();
    client = Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void start() throws Exception {
    try (Admin admin = Admin.create(client)) {
      admin
          .createTopics(
              Arrays.stream(Topic.values())
                  .map(
                      topic ->
                          new NewTopic(
                              topic.topicName(),
                              Optional.of(PartitionCounts.DEFAULT.of(topic.group())),
                              Optional.empty()))
                  .toList())
          .all()
          .get();
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "stages"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    agent = startAgent();
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    producer.close();
    try (Admin admin = Admin.create(client)) {
      admin.deleteConsumerGroups(List.of(AgentSettings.GROUP)).all().get();
      admin.deleteTopics(Arrays.stream(Topic.values()).map(Topic::topicName).toList()).all().get();
    }
  }

  @Test
  void shouldDecideOnTheClockAndBeAtTheEndWhenAllIsWritten() throws Exception {
    states(States.trend("AUSDT", MINUTE, 0.7), States.trend("BUSDT", MINUTE, -1.3));
    drain();
    assertThat(intents()).isEmpty();

    clock(2 * MINUTE);
    drain();

    assertThat(intents())
        .extracting(TradeIntent::getIntentId)
        .containsExactly("agent-BUSDT-60000-OPEN_SHORT", "agent-AUSDT-60000-OPEN_LONG");
  }

  @Test
  void shouldNotWriteAgainWhatItWroteBeforeACrashThatLostItsPosition() throws Exception {
    states(States.trend("AUSDT", MINUTE, 0.7));
    clock(2 * MINUTE);
    drain();
    agent.close();
    try (Admin admin = Admin.create(client)) {
      admin.deleteConsumerGroups(List.of(AgentSettings.GROUP)).all().get();
    }

    agent = startAgent();
    drain();
    assertThat(intents()).hasSize(1);

    states(States.trend("AUSDT", 3 * MINUTE, -0.4));
    clock(4 * MINUTE);
    drain();
    assertThat(intents())
        .extracting(TradeIntent::getIntentId)
        .containsExactly("agent-AUSDT-60000-OPEN_LONG", "agent-AUSDT-180000-CLOSE");
  }

  @Test
  void shouldEndWhatItCannotReadAsADeadLetterAndGoOn() throws Exception {
    producer.beginTransaction();
    producer
        .send(new ProducerRecord<>(Topic.MARKET_STATE.topicName(), 0, utf8("AUSDT"), utf8("?")))
        .get();
    producer.commitTransaction();
    states(States.trend("AUSDT", MINUTE, 0.7));
    clock(2 * MINUTE);
    drain();

    assertThat(intents()).hasSize(1);
    ConsumerRecord<byte[], byte[]> letter = records(Topic.DEAD_LETTER).get(0);
    assertThat(letter.value()).isEqualTo(utf8("?"));
    assertThat(
            new String(
                letter.headers().lastHeader(DeadLetter.TOPIC).value(), StandardCharsets.UTF_8))
        .isEqualTo("quantum.market.state");
  }

  private Agent startAgent() {
    Agent started = Agent.connect(AgentSettings.DEFAULT, client, serdes);
    started.start();
    return started;
  }

  private void states(MarketState... states) throws Exception {
    producer.beginTransaction();
    for (MarketState state : states) {
      send(Topic.MARKET_STATE, null, state.getSymbol(), state, MarketState.class);
    }
    producer.commitTransaction();
  }

  private void clock(long nowMs) throws Exception {
    producer.beginTransaction();
    for (int partition = 0; partition < PartitionCounts.DEFAULT.account(); partition++) {
      send(
          Topic.CLOCK, partition, "" + partition, new Clock(nowMs, MINUTE, partition), Clock.class);
    }
    producer.commitTransaction();
  }

  private <T extends SpecificRecord> void send(
      Topic topic, Integer partition, String key, T value, Class<T> type) throws Exception {
    byte[] bytes = serdes.of(type).serializer().serialize(topic.topicName(), value);
    producer.send(new ProducerRecord<>(topic.topicName(), partition, utf8(key), bytes)).get();
  }

  private static void drain() throws InterruptedException {
    try (AdminOffsets offsets = new AdminOffsets(client)) {
      Drain drain =
          new Drain(
              Pipeline.ofCatalog()
                  .with(
                      AgentSettings.GROUP,
                      AgentSettings.READS.stream().map(Topic::topicName).collect(toSet())),
              offsets,
              () -> true);
      assertThat(new Lockstep(drain, LockstepSettings.DEFAULT).await("in a test", new Stop()))
          .isTrue();
    }
  }

  private List<TradeIntent> intents() {
    return records(Topic.TRADE_INTENT).stream()
        .map(
            each ->
                serdes.of(TradeIntent.class).deserializer().deserialize(each.topic(), each.value()))
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    new TopicReader(client, Duration.ofSeconds(60)).readLast(topic, Long.MAX_VALUE, records::add);
    return records;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
