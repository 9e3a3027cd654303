package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.metrics.ConnectorWatch;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.app.parts.StreamsService;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Tuning;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the health of a process says of stages and executor that no longer work, one by one. */
@Tag("real")
final class HealthOnBrokerTest {

  private static final Duration SOON = Duration.ofMinutes(3);
  private static final long HOUR = 3_600_000;

  private final RealPipeline pipeline = RealPipeline.fresh();
  private final Endpoints endpoints =
      new Endpoints(pipeline.stack().bootstrapServers(), pipeline.stack().schemaRegistryUrl());
  private final PipelineParts parts = new PipelineParts(endpoints, RealPipeline.COUNTS);
  private final Monitoring monitoring =
      Monitoring.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final ScheduledExecutorService feed = Executors.newSingleThreadScheduledExecutor();
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(endpoints.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
  private StreamsService stages;
  private PlanExecutor executor;

  @BeforeEach
  void start() throws Exception {
    EnumSet<Topic> topics = EnumSet.copyOf(Monitoring.OF_STAGES);
    topics.addAll(Monitoring.OF_EXECUTOR);
    monitoring.readWithTables(endpoints.kafka(), endpoints.serdes(), topics);
    monitoring.expectClock();
    monitoring.follow(endpoints.kafka(), Monitoring.GROUPS);
    monitoring.connectors(new AllRun(), List.of("sink"));
    monitoring.feed(System::currentTimeMillis, Optional::empty, Duration.ofHours(1));
    stages =
        parts.stages(
            Tuning.LATENCY,
            Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                pipeline.applicationId(),
                StreamsConfig.STATE_DIR_CONFIG,
                pipeline.stack().directory(pipeline.applicationId()).toString()),
            end -> {});
    stages.start(SOON, line -> {});
    monitoring.stages(stages, PartitionCounts.DEFAULT.account());
    executor = parts.paperExecutor(PaperSettings.DEFAULT, "health");
    executor.start();
    monitoring.executor(executor);
    monitoring.started();
  }

  @AfterEach
  void close() throws Exception {
    feed.shutdown();
    assertThat(feed.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    producer.close(Duration.ofSeconds(5));
    monitoring.close();
    executor.close();
    stages.close();
    pipeline.close();
  }

  @Test
  void shouldSayWhatStandsAndWhatDied() throws Exception {
    assertThat(monitoring.health().checks())
        .containsExactly(
            "broker",
            "clock",
            "connectors",
            "consumer lag",
            "consumer standing",
            "executor",
            "executor clocks",
            "feed",
            "first clock",
            "global tables",
            "metrics reader",
            "schema registry",
            "stage clocks",
            "stage registry",
            "stage threads",
            "stages");

    // given a clock that is late, and then goes right
    clock(System.currentTimeMillis() - HOUR);
    awaitReasons("clock");
    var unused = feed.scheduleWithFixedDelay(this::step, 0, 500, TimeUnit.MILLISECONDS);
    pipeline.send(
        Topic.CONTROL,
        "*",
        Control.newBuilder()
            .setAccount("*")
            .setTradingState(TradingState.ACTIVE)
            .setReason("test")
            .setSetBy("test")
            .setAtMs(1)
            .build(),
        1);
    awaitReasons();

    // when a thread waits for a registry that is away
    RecordSerdes away =
        new RecordSerdes(Map.of("schema.registry.url", "http://127.0.0.1:1"))
            .waitingWith(stages.registryPatience());
    Thread waits = Thread.ofVirtual().start(() -> ask(away));
    awaitReasons("stage registry");
    waits.interrupt();
    awaitReasons();

    // when a thread dies
    var unusedToo = stages.deaths().handle(new IllegalStateException("planted"));
    awaitReasons("stage threads");

    // when the stages take nothing more, and the clock goes on
    stages.streams().pause();
    awaitReasons("stage clocks");

    // when stages and executor end, and clock and tables go on
    stages.close();
    executor.close();
    pipeline.send(Topic.POLICY, "main", policy(), 1);
    pipeline.flush();
    awaitReasons("executor", "global tables", "stages");
    assertThat(monitoring.health().reasons().get("global tables")).contains("quantum.policy-0");
  }

  private void step() {
    clock(System.currentTimeMillis());
  }

  /** Writes a step of a live clock to each partition. */
  private void clock(long nowMs) {
    for (int partition = 0; partition < RealPipeline.COUNTS.account(); partition++) {
      byte[] value =
          pipeline.serialize(
              Topic.CLOCK,
              Clock.newBuilder().setNowMs(nowMs).setStepMs(1_000).setPartition(partition).build());
      var unused =
          producer.send(
              new ProducerRecord<>(
                  Topic.CLOCK.topicName(),
                  partition,
                  nowMs,
                  Integer.toString(partition).getBytes(StandardCharsets.UTF_8),
                  value));
    }
    producer.flush();
  }

  private void ask(RecordSerdes away) {
    byte[] value = pipeline.serialize(Topic.POLICY, policy());
    try {
      Policy unused =
          away.of(Policy.class).deserializer().deserialize(Topic.POLICY.topicName(), value);
    } catch (RegistryUnavailableException stopped) {
      // It was waiting, and is not to wait any more.
    }
  }

  private static Policy policy() {
    return Policy.newBuilder().setName("main").setVersion(1).build();
  }

  /** Waits until all of these are wrong, and for none of them until nothing is. */
  private void awaitReasons(String... names) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              if (names.length == 0) {
                assertThat(monitoring.health().reasons()).isEmpty();
              } else {
                assertThat(monitoring.health().reasons()).containsKeys(names);
              }
            });
  }

  /** Connectors that all run. */
  private static final class AllRun implements ConnectorWatch.Connectors {
    @Override
    public ConnectorWatch.View view(String name) {
      return new ConnectorWatch.View(true, false, "");
    }

    @Override
    public boolean restart(String name) {
      return false;
    }
  }
}
