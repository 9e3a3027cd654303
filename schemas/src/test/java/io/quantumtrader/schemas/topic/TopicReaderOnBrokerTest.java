package io.quantumtrader.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a reader of topics sees of them. */
@Tag("real")
final class TopicReaderOnBrokerTest {

  private static final TopicPartition PARTITION = new TopicPartition(Topic.CLOCK.topicName(), 0);
  private static final RecordSerdes SERDES =
      new RecordSerdes(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()));

  private static TestBroker broker;
  private static TopicReader reader;

  /** Steps 1 to 3, something that is no record, and step 4 that was undone; then step 5. */
  @BeforeAll
  static void write() throws Exception {
    broker = TestBroker.start();
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    reader = new TopicReader(client, Duration.ofSeconds(60));
    try (Admin admin = Admin.create(client)) {
      admin
          .createTopics(List.of(new NewTopic(PARTITION.topic(), Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int step = 1; step <= 3; step++) {
        send(producer, step(step));
      }
      send(producer, "no record".getBytes(StandardCharsets.UTF_8));
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, step(4));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, step(5));
      producer.commitTransaction();
    }
  }

  @AfterAll
  static void stop() {
    SERDES.close();
    broker.close();
  }

  private static byte[] step(long nowMs) {
    return SERDES
        .of(Clock.class)
        .serializer()
        .serialize(PARTITION.topic(), new Clock(nowMs, 1L, 0));
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(PARTITION.topic(), 0, null, value));
  }

  @Test
  void shouldHandOverWhatIsCommittedAndCanBeDecoded() {
    List<Long> steps = new ArrayList<>();

    reader.readValues(
        Topic.CLOCK, SERDES.of(Clock.class).deserializer(), step -> steps.add(step.getNowMs()));

    assertThat(steps).containsExactly(1L, 2L, 3L, 5L);
  }

  @Test
  void shouldHandOverTheLastAlone() {
    List<Long> steps = new ArrayList<>();

    // Behind step 3: what is no record, a mark, step 4, its mark, step 5, its mark.
    reader.readLastValues(
        Topic.CLOCK, 7, SERDES.of(Clock.class).deserializer(), step -> steps.add(step.getNowMs()));

    assertThat(steps).containsExactly(3L, 5L);
  }

  @Test
  void shouldStopBeforeTheOffsetThatItIsGiven() {
    List<Long> offsets = new ArrayList<>();

    long end = reader.read(PARTITION, 1, 3, record -> offsets.add(record.offset()));

    assertThat(offsets).containsExactly(1L, 2L);
    assertThat(end).isEqualTo(3);
  }

  @Test
  void shouldEndWhereTheTopicEnds() {
    List<Long> offsets = new ArrayList<>();

    long end = reader.read(PARTITION, 3, Long.MAX_VALUE, record -> offsets.add(record.offset()));

    assertThat(offsets).containsExactly(3L, 7L);
    assertThat(end).isEqualTo(9);
  }

  @Test
  void shouldSayHowManyPartitionsThereAre() {
    assertThat(reader.partitions(Topic.CLOCK)).isEqualTo(1);
    assertThat(reader.partitions(Topic.CANDLE)).isZero();
  }

  @Test
  void shouldReadFromTheFirstRecordOfATimeOn() throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    String mark = Topic.MARK.topicName();
    try (Admin admin = Admin.create(client);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic(mark, 2, (short) 1))).all().get();
      for (long atMs : new long[] {1_000, 2_000, 3_000, 2_500}) {
        producer.send(new ProducerRecord<>(mark, 0, atMs, null, step(1))).get();
      }
      producer.send(new ProducerRecord<>(mark, 1, 1_000L, null, step(1))).get();
    }

    assertThat(since(0)).containsExactlyInAnyOrder(1_000L, 2_000L, 3_000L, 2_500L, 1_000L);
    assertThat(since(2_001)).containsExactly(3_000L, 2_500L);
    assertThat(since(3_001)).isEmpty();
  }

  private static List<Long> since(long fromMs) {
    List<Long> times = new ArrayList<>();
    reader.readSince(Topic.MARK, fromMs, record -> times.add(record.timestamp()));
    return times;
  }
}
