package io.quantumtrader.market;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.testing.CuttingProxy;
import io.quantumtrader.schemas.testing.TestBroker;
import io.quantumtrader.schemas.time.ClockCheck;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which epoch a feed takes, and when it sees that another has taken over, on a real broker. */
@Tag("real")
final class FeedEpochTest {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final long YEAR_9999 = 253_370_764_800_000L;

  private static TestBroker kafka;
  private static long days;

  /** A day later in each test, so that nothing that others left on the topic is newer. */
  private long wallMs;

  private Map<String, Object> client;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void start() throws Exception {
    kafka = TestBroker.start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(
                      Topic.CLOCK.topicName(), PartitionCounts.DEFAULT.account(), (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  static void end() {
    kafka.close();
  }

  @BeforeEach
  void open() {
    wallMs = System.currentTimeMillis() + ++days * 86_400_000;
    client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    producer.close(Duration.ofSeconds(5));
  }

  @Test
  void shouldBeginAfterEachFeedBeforeThoughTheirClocksWereAhead() throws Exception {
    // given the newest of an earlier feed, behind it an older one, and two that nobody believes
    try (FeedEpoch feed = FeedEpoch.takeOver(client, () -> wallMs)) {
      assertThat(feed.value()).isEqualTo(wallMs);
    }
    write(1, ClockEpoch.header(wallMs + ClockCheck.TOLERANCE_MS));
    write(1, ClockEpoch.header(wallMs - 3));
    write(2, ClockEpoch.header(wallMs + 1));
    write(0, ClockEpoch.header(YEAR_9999));
    write(0, new RecordHeader(MarketHeaders.EPOCH, new byte[] {9}));

    // then
    try (FeedEpoch feed = FeedEpoch.takeOver(client, () -> wallMs)) {
      assertThat(feed.value()).isEqualTo(wallMs + ClockCheck.TOLERANCE_MS + 1);
      feed.requireInForce();
    }
  }

  @Test
  void shouldEndOnlyWhereAFeedHasAGreaterEpochThatCanBeBelieved() throws Exception {
    try (FeedEpoch feed = FeedEpoch.takeOver(client, () -> wallMs)) {
      // given its own steps, those of a feed before, and what nobody believes
      long own = feed.value();
      write(0, ClockEpoch.header(own));
      write(1, ClockEpoch.header(own - 1));
      write(2, ClockEpoch.header(YEAR_9999));
      feed.requireInForce();

      // when the smallest greater one comes
      write(1, ClockEpoch.header(own + 1));

      // then
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThatThrownBy(feed::requireInForce).isNotNull());
      assertThatThrownBy(feed::requireInForce)
          .isInstanceOf(FeedFencedException.class)
          .hasMessageContaining("its epoch is %d, this feed's is %d".formatted(own + 1, own));
    }
  }

  @Test
  void shouldGoByTheWallWhileTheBrokerIsAwayAndSeeWhoIsInForceWhenItIsBack() throws Exception {
    // given a feed whose clock was ahead, and a broker that nobody can reach now
    write(0, ClockEpoch.header(wallMs + 2_000));
    try (CuttingProxy way = CuttingProxy.closedBefore(kafka.bootstrapServers())) {
      Closed.times.set(0);
      Map<String, Object> away =
          Map.of(
              "bootstrap.servers",
              way.address(),
              "interceptor.classes",
              List.of(Closed.class.getName()));
      try (FeedEpoch feed = FeedEpoch.takeOver(away, () -> wallMs)) {
        // then
        assertThat(feed.value()).isEqualTo(wallMs);

        // when it has looked in vain, and the broker is back
        await().atMost(SOON).until(() -> Closed.times.get() >= 2);
        feed.requireInForce();
        way.heal();

        // then
        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThatThrownBy(feed::requireInForce)
                        .isInstanceOf(FeedFencedException.class));
      }
    }
  }

  private void write(int partition, Header header) throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                Topic.CLOCK.topicName(),
                partition,
                1L,
                Integer.toString(partition).getBytes(UTF_8),
                new byte[] {0},
                List.of(header)))
        .get(30, TimeUnit.SECONDS);
  }

  /** Counts the consumers that have been closed: each look has one of its own. */
  public static final class Closed implements ConsumerInterceptor<byte[], byte[]> {

    private static final AtomicInteger times = new AtomicInteger();

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {
      times.incrementAndGet();
    }

    @Override
    public void configure(Map<String, ?> configuration) {}
  }
}
