package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.market.Feed;
import io.quantumtrader.market.FeedFencedException;
import io.quantumtrader.market.FeedOutput;
import io.quantumtrader.market.GeneratedMarket;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.LiveMarket;
import io.quantumtrader.market.LiveMarketSettings;
import io.quantumtrader.market.WallTime;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Steps of the clock that nobody should believe, on a real broker, and two feeds at a time. */
@Tag("real")
final class ClockRefusedTest {

  private static final String ACCOUNT = "clock-1";
  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final long YEAR_9999 = 253_370_764_800_000L;
  private static final long EPOCH = Records.NOW;

  /** A machine that does much else at once has taken a minute for the first steps of a feed. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private RealPipeline pipeline;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void open() {
    pipeline = RealPipeline.fresh();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", pipeline.stack().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    producer.close(Duration.ofSeconds(5));
    pipeline.close();
  }

  /** Writes a step into the account's own partition. */
  private void clock(long nowMs, long epoch, long recordMs) throws Exception {
    int partition = Accounts.partitionOf(ACCOUNT, RealPipeline.COUNTS.account());
    List<Header> headers = List.of(ClockEpoch.header(epoch));
    producer
        .send(
            new ProducerRecord<>(
                Topic.CLOCK.topicName(),
                partition,
                recordMs,
                Integer.toString(partition).getBytes(StandardCharsets.UTF_8),
                pipeline.serialize(Topic.CLOCK, Records.clock(nowMs, partition)),
                headers))
        .get();
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return new String(
        letter.headers().lastHeader("quantum.reason").value(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldDecideAndObeyFlattenAfterStepsThatCannotBeBelieved() throws Exception {
    // given: a position, and a clock that its feed has signed
    pipeline.startStages();
    World world = World.open(pipeline, List.of(ACCOUNT), List.of(BTC, ETH));
    world.begin();
    world.enter(ACCOUNT, BTC);
    clock(Records.NOW + 1_000, EPOCH, Records.NOW + 1_000);
    pipeline.settle();

    // when
    clock(YEAR_9999, EPOCH, Records.NOW + 1_000);
    clock(Records.NOW + 50_000, EPOCH - 1, Records.NOW + 50_000);
    // The broker itself refuses a record time more than an hour ahead.
    clock(Records.NOW + 50_000, EPOCH, System.currentTimeMillis() + 30 * Records.MINUTE);
    pipeline.settle();

    // then
    assertThat(pipeline.read(Topic.DEAD_LETTER))
        .extracting(ClockRefusedTest::reason)
        .containsExactlyInAnyOrder("CLOCK_IN_FUTURE", "CLOCK_NOT_OF_THE_FEED", "TIME_INVALID");
    world.intend("after", ACCOUNT, ETH, IntentAction.OPEN_LONG, Records.NOW + 1_000);
    pipeline.settle();
    assertThat(world.decision(ACCOUNT, "after").getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(world.decision(ACCOUNT, "after").getAtMs()).isEqualTo(Records.NOW + 1_000);

    // when
    CommandRun flatten =
        pipeline.run(List.of("flatten", "--no-wait", "--account", ACCOUNT, "--reason", "test"));
    assertThat(flatten.code()).as(flatten.err()).isZero();
    pipeline.settle();
    clock(YEAR_9999, EPOCH, Records.NOW + 1_000);
    pipeline.settle();

    // then: closed, though that step is refused as well
    ApplyPlan close = world.plans(ACCOUNT).getLast();
    assertThat(close.getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(close.getSymbol()).isEqualTo(BTC);
    assertThat(close.getPermit().getGrantedAtMs()).isEqualTo(Records.NOW + 1_000);
    assertThat(pipeline.failedThreads()).isZero();
  }

  @Test
  void shouldObeyFlattenWhileNoClockComes() throws Exception {
    // given
    pipeline.startStages();
    World world = World.open(pipeline, List.of(ACCOUNT), List.of(BTC));
    world.begin();
    world.enter(ACCOUNT, BTC);

    // when: the clock stands from here on
    CommandRun flatten =
        pipeline.run(List.of("flatten", "--no-wait", "--reason", "the feed is dead"));
    assertThat(flatten.code()).as(flatten.err()).isZero();

    // then
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> world.plans(ACCOUNT).getLast().getTrigger() == ExitTrigger.MANUAL_CLOSE);
  }

  @Test
  void shouldEndAFeedThatAnotherHasTakenOverFrom() {
    try (Feed first = feed(1)) {
      first.start();
      awaitSteps(first, 3);

      try (Feed second = feed(2)) {
        // when
        second.start();

        // then
        assertThat(first.finished())
            .failsWithin(PATIENCE)
            .withThrowableThat()
            .withCauseInstanceOf(FeedFencedException.class)
            .withMessageContaining("another feed has taken over");
        awaitSteps(second, second.progress().steps() + 3);
        assertThat(second.finished()).isNotDone();
      }
    }
    assertThat(pipeline.read(Topic.CLOCK))
        .allSatisfy(step -> assertThat(ClockEpoch.of(step.headers())).isPositive())
        .extracting(step -> ClockEpoch.of(step.headers()))
        .doesNotContainNull()
        .satisfies(epochs -> assertThat(epochs.stream().distinct()).hasSize(2));
  }

  /** However slow the machine is; a feed that has ended says why at once. */
  private static void awaitSteps(Feed feed, long steps) {
    await()
        .atMost(PATIENCE)
        .until(() -> feed.finished().isDone() || feed.progress().steps() >= steps);
    assertThat(feed.finished()).as("the feed, after %s", feed.progress()).isNotDone();
  }

  private Feed feed(long seed) {
    Map<String, Object> kafka = Map.of("bootstrap.servers", pipeline.stack().bootstrapServers());
    return new Feed(
        new LiveMarket(
            new GeneratedMarket(GeneratedMarketSettings.withSeed(seed)),
            IntentQueue.empty(),
            LiveMarketSettings.every(1_000),
            WallTime.system()),
        FeedOutput.connect(kafka, pipeline.serdes(), RealPipeline.COUNTS.account(), line -> {}),
        progress -> {});
  }
}
