package io.quantumtrader.market.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.testing.TestBroker;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether everything is done is told on a real broker, with real transactions and their marks. */
@Tag("real")
final class QuiescenceOnBrokerTest {

  private static final int PARTITIONS = 2;

  private static TestBroker kafka;

  @BeforeAll
  static void start() {
    kafka = TestBroker.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void shouldNotReportEarlyThatAChainOfTransactionsIsDone() throws Exception {
    create("in", "between", "out");
    Pipeline pipeline =
        new Pipeline(Map.of("first", Set.of("in"), "second", Set.of("between")), Set.of("out"));
    int rounds = 60;

    try (RelayStage first = new RelayStage(servers(), "first", "in", "between", 2, 1);
        RelayStage second = new RelayStage(servers(), "second", "between", "out", 3, 2);
        KafkaProducer<String, String> producer = producer(Map.of());
        KafkaConsumer<String, String> out = reader("out");
        AdminOffsets offsets = offsets()) {
      first.start();
      second.start();
      Lockstep lockstep =
          new Lockstep(new Drain(pipeline, offsets, () -> true), LockstepSettings.DEFAULT);
      int seen = 0;
      for (int round = 1; round <= rounds; round++) {
        producer.send(new ProducerRecord<>("in", "key" + round, "value")).get();

        assertThat(lockstep.await("in round " + round, new Stop())).isTrue();

        seen += readToTheEnd(out);
        assertThat(seen).as("records after round %d", round).isEqualTo(6 * round);
      }
    }
  }

  @Test
  void shouldNotWaitForWhatWasAbortedAndNeverCommitted() throws Exception {
    create("aborted");
    Pipeline pipeline = new Pipeline(Map.of("reader", Set.of("aborted")), Set.of());
    try (KafkaProducer<String, String> producer =
        producer(Map.of("transactional.id", "aborting"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("aborted", 0, "key", "value")).get();
      producer.abortTransaction();
    }

    try (AdminOffsets offsets = offsets()) {
      Drain drain = new Drain(pipeline, offsets, () -> true);
      // The abort is answered before its mark is written.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(drain.look())
                      .hasToString("[reader is 2 behind in aborted-0 (committed 0, end 2)]"));

      drain.passOverMarks(drain.look());

      assertThat(drain.look()).isEmpty();
    }
  }

  @Test
  void shouldTellRecordsFromMarksAndOpenTransactionsFromClosedOnes() throws Exception {
    create("mixed");
    Pipeline pipeline = new Pipeline(Map.of(), Set.of("mixed"));
    TopicPartition partition = new TopicPartition("mixed", 0);
    try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "mixing"));
        AdminOffsets offsets = offsets()) {
      Drain drain = new Drain(pipeline, offsets, () -> true);
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("mixed", 0, "key", "value")).get();
      assertThat(drain.look()).hasToString("[a transaction is open in mixed-0 (stable 0, end 1)]");

      producer.commitTransaction();
      assertThat(offsets.hasRecords(partition, 0, 2)).isTrue();
      assertThat(offsets.hasRecords(partition, 1, 2)).isFalse();
      // The mark of a transaction may come after the commit has returned.
      assertThat(new Lockstep(drain, LockstepSettings.DEFAULT).await("for the mark", new Stop()))
          .isTrue();
    }
  }

  @Test
  void shouldFindATopicThatAppearsLater() throws Exception {
    Pipeline pipeline = new Pipeline(Map.of("reader", Set.of("later")), Set.of());
    try (AdminOffsets offsets = offsets()) {
      Drain drain = new Drain(pipeline, offsets, () -> true);
      assertThat(drain.look()).hasToString("[topic later does not exist]");

      create("later");

      assertThat(new Lockstep(drain, LockstepSettings.DEFAULT).await("for a topic", new Stop()))
          .isTrue();
    }
  }

  private static void create(String... topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
      Collection<NewTopic> wanted =
          List.of(topics).stream()
              .map(name -> new NewTopic(name, Optional.of(PARTITIONS), Optional.empty()))
              .toList();
      admin.createTopics(wanted).all().get();
    }
  }

  private static String servers() {
    return kafka.bootstrapServers();
  }

  private static AdminOffsets offsets() {
    return new AdminOffsets(Map.of("bootstrap.servers", servers()));
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", servers());
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static KafkaConsumer<String, String> reader(String topic) {
    KafkaConsumer<String, String> reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(each -> new TopicPartition(topic, each)).toList();
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
    return reader;
  }

  /** Reads what is committed now; returns how many records that were. */
  private static int readToTheEnd(KafkaConsumer<String, String> reader) {
    return TopicReader.readTo(
        reader, reader.endOffsets(reader.assignment()), Duration.ofSeconds(60), record -> {});
  }
}
