package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.compose.containers.Asked;
import io.quantumtrader.compose.containers.Exposition;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dashboards and alert rules against what processes really show: the stages and the executor of
 * {@code quantum up}, and a Connect worker with the shipped connectors and Prometheus' agent.
 */
@Tag("real")
final class DashboardsTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SYMBOL = "BTCUSDT";
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path directory;

  @Test
  void shouldAskForNothingThatTheProcessesDoNotShow() throws Exception {
    Path plugins = PluginZip.unpack(directory);
    int port = FreePort.find();
    int agentPort = FreePort.find();
    try (RealPipeline pipeline = RealPipeline.fresh();
        RestartableRedis redis = RestartableRedis.start(directory("redis"));
        WorkerProcess worker = worker(plugins, pipeline, redis, agentPort)) {
      // given a pipeline that has opened a position, and connectors that run
      try (RunningCommand up = up(pipeline, port)) {
        await()
            .atMost(SOON)
            .failFast(() -> assertThat(up.isAlive()).as(up::said).isTrue())
            .until(() -> get(port, "/health").contains("\"UP\""));
        open(pipeline, port);
        rollBackADecision(pipeline);
        startSource(worker);
        awaitConnectors(agentPort, worker);

        // when
        Exposition shown = Exposition.of(get(port, "/metrics"), get(agentPort, "/metrics"));

        // then
        assertNothingIsMissing(shown);
        assertCountsAreThoseOfTheTopics(shown, pipeline);
      }
    }
  }

  /** A feed of its own, stages that know where Connect is, and who listens to an exchange. */
  private static final List<String> SHOWN_BY_OTHERS =
      List.of(
          "quantum_feed_age_seconds",
          "quantum_connector_running",
          "quantum_stream_connections",
          "quantum_stream_connections_wanted",
          "quantum_stream_silence_seconds",
          "quantum_exchange_answer_age_seconds");

  private static void assertNothingIsMissing(Exposition shown) throws IOException {
    List<Asked> panels = Asked.ofDashboards();
    List<Asked> alerts = Asked.ofAlerts();
    assertThat(panels).hasSizeGreaterThan(30);
    assertThat(alerts).hasSizeGreaterThan(20);
    assertThat(
            Stream.concat(panels.stream(), alerts.stream())
                .flatMap(a -> a.missing(shown).stream())
                .filter(missing -> SHOWN_BY_OTHERS.stream().noneMatch(missing::endsWith)))
        .isEmpty();
    // What is planted is found.
    List<Asked> planted = new ArrayList<>();
    planted.add(
        new Asked("planted", "sum by (code) (rate(quantum_decision_total[1m]))", List.of()));
    planted.add(new Asked("planted", "sum by (account) (quantum_decisions_total)", List.of()));
    planted.add(new Asked("planted", "quantum_decisions_total{code=\"NO_SUCH\"}", List.of()));
    assertThat(planted).allSatisfy(asked -> assertThat(asked.missing(shown)).hasSize(1));
  }

  private static void assertCountsAreThoseOfTheTopics(Exposition shown, RealPipeline pipeline) {
    List<Decision> granted =
        pipeline.values(Topic.DECISION, Decision.class).stream()
            .filter(decision -> decision.getCode().equals("PERMIT_GRANTED"))
            .toList();
    assertThat(granted).hasSize(1);
    assertThat(
            shown.value(
                "quantum_decisions_total", Map.of("code", "PERMIT_GRANTED", "verdict", "GRANTED")))
        .isEqualTo(1);
    assertThat(shown.value("quantum_permits_granted_total", Map.of("kind", "P33"))).isEqualTo(1);
    assertThat(shown.value("quantum_fills_total", Map.of("origin", "PLAN"))).isEqualTo(1);
    assertThat(shown.value("quantum_intents_total", Map.of("sender", "other"))).isEqualTo(1);
    assertThat(shown.value("quantum_open_positions", Map.of("account", "main"))).isEqualTo(1);
    assertThat(shown.value("quantum_dead_letters_total", Map.of("topic", "quantum.trade.intent")))
        .isEqualTo(1);
    // A decision that was rolled back, and one that was committed after it.
    assertThat(
            shown.value(
                "quantum_decisions_total", Map.of("code", "FILL_INVALID", "verdict", "DENIED")))
        .isZero();
    assertThat(
            shown.value(
                "quantum_decisions_total", Map.of("code", "FILL_DUPLICATE", "verdict", "DENIED")))
        .isEqualTo(1);
  }

  /** Sends an intent that is granted and filled, and one that nobody can read. */
  private static void open(RealPipeline pipeline, int port) throws InterruptedException {
    World world = World.open(pipeline, List.of("main"), List.of(SYMBOL));
    pipeline.send(Topic.MARK, SYMBOL, mark(), Records.NOW);
    pipeline.flush();
    passUntil(pipeline, port, "quantum_equity_known{account=\"main\"} 1.0");
    var unused = world.intend("mine-1", "main", SYMBOL, IntentAction.OPEN_LONG, Records.NOW);
    pipeline.sendBytes(Topic.TRADE_INTENT, "main", new byte[] {7, 7}, Records.NOW);
    pipeline.flush();
    passUntil(pipeline, port, "quantum_fills_total{origin=\"PLAN\"} 1.0");
    passUntil(pipeline, port, "quantum_open_positions{account=\"main\"} 1.0");
    awaitMetric(port, "quantum_dead_letters_total{topic=\"quantum.trade.intent\"} 1.0");
    // The clock ends: the last permits and results are read.
    awaitMetric(port, "quantum_consumer_lag{");
    System.gc();
  }

  private static Candle mark() {
    BigDecimal price = new BigDecimal("100.000000000000000000");
    return Candle.newBuilder()
        .setSymbol(SYMBOL)
        .setOpenTimeMs(Records.NOW - Records.MINUTE)
        .setIntervalMs(Records.MINUTE)
        .setOpen(price)
        .setHigh(price)
        .setLow(price)
        .setClose(price)
        .setVolume(price)
        .build();
  }

  /** Lets the clock pass, a millisecond at a time, until a line is shown. */
  private static void passUntil(RealPipeline pipeline, int port, String line) {
    long[] now = {Records.NOW};
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              pipeline.clock(now[0]++);
              assertThat(get(port, "/metrics")).contains("\n" + line);
            });
  }

  private static void awaitMetric(int port, String line) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(get(port, "/metrics")).contains("\n" + line));
  }

  /** What a stage does whose transaction fails, and then succeeds. */
  private static void rollBackADecision(RealPipeline pipeline) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            pipeline.stack().bootstrapServers(),
            "transactional.id",
            "dashboards-test");
    Decision like = pipeline.values(Topic.DECISION, Decision.class).getFirst();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(decision(pipeline, like, "FILL_INVALID")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      unused = producer.send(decision(pipeline, like, "FILL_DUPLICATE")).get();
      producer.commitTransaction();
    }
  }

  private static ProducerRecord<byte[], byte[]> decision(
      RealPipeline pipeline, Decision like, String code) {
    Decision decision =
        Decision.newBuilder(like)
            .setStage("ledger")
            .setVerdict(Verdict.DENIED)
            .setCode(code)
            .build();
    return new ProducerRecord<>(
        Topic.DECISION.topicName(), 0, null, null, pipeline.serialize(Topic.DECISION, decision));
  }

  private static RunningCommand up(RealPipeline pipeline, int port) {
    return RunningCommand.start(
        pipeline, "--without", "feed,agent,redis", "--metrics-port", Integer.toString(port));
  }

  /** Without a password, and with what the file leaves to the environment. */
  private WorkerProcess worker(
      Path plugins, RealPipeline pipeline, RestartableRedis redis, int agentPort)
      throws IOException {
    return ShippedSink.start(
        directory("worker"),
        plugins,
        pipeline,
        redis,
        Map.of(
            "JAVA_TOOL_OPTIONS",
            "-javaagent:%s=127.0.0.1:%d:%s"
                .formatted(agent(), agentPort, Asked.compose().resolve("connect/jmx-exporter.yml")),
            "QUANTUM_REDIS_USERNAME",
            "",
            "QUANTUM_REDIS_PASSWORD",
            ""));
  }

  private static String agent() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(entry -> entry.contains("jmx_prometheus_javaagent"))
        .findFirst()
        .orElseThrow();
  }

  /** Puts the shipped source beside the sink, as an operator does. */
  private static void startSource(WorkerProcess worker) throws IOException {
    ObjectNode source =
        (ObjectNode)
            JSON.readTree(
                Asked.compose().resolveSibling("connectors/config/legacy-source.json").toFile());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(worker.rest() + "/connectors"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(source.toString()))
            .build();
    await()
        .atMost(SOON)
        .failFast(() -> assertThat(worker.isAlive()).as(worker::lastLines).isTrue())
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              HttpResponse<String> answer =
                  HTTP.send(request, HttpResponse.BodyHandlers.ofString());
              assertThat(answer.statusCode()).as(answer.body()).isIn(201, 409);
            });
  }

  private static void awaitConnectors(int agentPort, WorkerProcess worker) {
    await()
        .atMost(SOON)
        .failFast(() -> assertThat(worker.isAlive()).as(worker::lastLines).isTrue())
        .untilAsserted(
            () ->
                assertThat(get(agentPort, "/metrics"))
                    .as(worker::lastLines)
                    .contains("quantum_redis_sink_records_written_total{")
                    .contains("quantum_redis_source_sent_total{"));
  }

  private static String get(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try {
      return HTTP.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException notYet) {
      return "";
    }
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }
}
