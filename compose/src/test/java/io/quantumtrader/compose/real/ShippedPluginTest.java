package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the connectors in a Connect worker that knows nothing of this project. */
@Tag("real")
final class ShippedPluginTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SECRET = "s3cret-of-redis";

  @TempDir static Path directory;
  private static Path plugins;

  private final ContractRecords records = new ContractRecords(System.currentTimeMillis());

  @BeforeAll
  static void unpack() throws IOException {
    plugins = PluginZip.unpack(directory);
  }

  @Test
  void shouldBringAllItNeedsAndNothingThatTheWorkerBrings() throws IOException {
    // given
    Path home = PluginZip.home(plugins);

    // when
    List<String> libraries = PluginZip.libraries(plugins);

    // then
    assertThat(libraries)
        .anyMatch(name -> name.startsWith("quantum-connectors-"))
        .anyMatch(name -> name.startsWith("quantum-schemas-"))
        .anyMatch(name -> name.startsWith("lettuce-core-"))
        .anyMatch(name -> name.startsWith("avro-"))
        .noneMatch(name -> name.matches("(kafka|connect|slf4j|logback|zstd|lz4|snappy)-.*"));
    String notice = Files.readString(home.resolve("doc/NOTICE"));
    assertThat(libraries)
        .filteredOn(name -> !name.startsWith("quantum-"))
        .allSatisfy(name -> assertThat(notice).contains(name.replaceFirst("-\\d.*", "")));
    JsonNode manifest = JSON.readTree(home.resolve("manifest.json").toFile());
    assertThat(home.getFileName())
        .hasToString(
            "%s-%s-%s"
                .formatted(
                    manifest.at("/owner/username").asText(),
                    manifest.get("name").asText(),
                    manifest.get("version").asText()));
    assertThat(home.resolve("doc/README.md")).content().contains("# Quantum Redis connectors");
    assertThat(home.resolve("doc/LICENSE")).content().contains("Apache License");
    assertThat(home.resolve("doc/redis-contract.md")).exists();
  }

  @Test
  void shouldServeTheOldKeysFromAWorkerThatHasOnlyKafkasOwnClasses() throws Exception {
    assertThat(WorkerProcess.classPath())
        .anyMatch(entry -> entry.contains("connect-runtime"))
        .noneMatch(entry -> entry.matches(".*(quantum-|/lettuce|/avro|/netty|/reactor).*"));
    try (RealPipeline pipeline = RealPipeline.fresh();
        RestartableRedis redis = RestartableRedis.start(Files.createDirectory(redisHome()))) {
      // given
      redis.commands().configSet("requirepass", SECRET);
      send(pipeline);

      // when
      try (WorkerProcess worker = worker(pipeline, redis)) {
        awaitKeys(redis.commands(), worker);

        // then
        assertThat(get(worker, "/connectors/quantum-redis-sink/status").at("/tasks/0/state"))
            .hasToString("\"RUNNING\"");
        assertThat(get(worker, "/connector-plugins?connectorsOnly=false").findValuesAsText("class"))
            .contains(
                "io.quantumtrader.connectors.redis.RedisSinkConnector",
                "io.quantumtrader.connectors.redis.source.RedisSourceConnector",
                "io.quantumtrader.connectors.avro.AvroConverter");
        assertThat(worker.output()).doesNotContain(SECRET);
        assertReadFromOutside(redis);
      }
    }
  }

  @Test
  void shouldTakeUpWhatOthersWriteFromAWorkerThatHasOnlyKafkasOwnClasses() throws Exception {
    Path own = Files.createDirectory(directory.resolve("source"));
    try (RealPipeline pipeline = RealPipeline.fresh();
        RestartableRedis redis =
            RestartableRedis.start(Files.createDirectory(own.resolve("redis")))) {
      // given
      redis.commands().configSet("requirepass", SECRET);
      try (WorkerProcess worker =
          ShippedSink.start(
              "legacy-source.json",
              own,
              plugins,
              pipeline,
              redis,
              Map.of("QUANTUM_REDIS_USERNAME", "default", "QUANTUM_REDIS_PASSWORD", SECRET))) {
        String intents = "quantum:stream:trade.intent";
        await()
            .atMost(SOON)
            .failFast("the worker has ended", () -> !worker.isAlive())
            .until(() -> redis.commands().exists(intents) == 1);

        // when
        String id = redis.commands().xadd(intents, Map.of("symbol", "BTCUSDT", "action", "CLOSE"));
        redis.commands().set("quantum:kill", "1");

        // then
        await()
            .atMost(SOON)
            .until(
                () ->
                    !pipeline.read(Topic.TRADE_INTENT).isEmpty()
                        && !pipeline.read(Topic.CONTROL).isEmpty());
        assertThat(pipeline.read(Topic.TRADE_INTENT))
            .singleElement()
            .satisfies(
                record -> {
                  assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("main");
                  assertThat(new String(record.value(), StandardCharsets.UTF_8)).contains(id);
                });
        assertThat(get(worker, "/connectors/quantum-redis-source/status").at("/tasks/0/state"))
            .hasToString("\"RUNNING\"");
        assertThat(worker.output()).doesNotContain(SECRET);
      }
    }
  }

  private void send(RealPipeline pipeline) {
    long now = records.plan().getCreatedAtMs();
    String symbol = ContractRecords.SYMBOL;
    String position = "main:" + symbol;
    pipeline.send(Topic.APPLY_PLAN, "main", records.plan(), now);
    pipeline.send(Topic.PERMIT, ContractRecords.PLAN_ID, records.permit(), now);
    pipeline.send(Topic.APPLY_RESULT, "main", Records.filled(records.plan(), now), now);
    pipeline.send(Topic.POSITION_LEDGER, position, records.ledger(), now);
    pipeline.send(Topic.POSITION_SNAPSHOT, position, records.snapshot(), now);
    pipeline.send(Topic.UNIVERSE, "active", records.active(), now);
    pipeline.send(Topic.MARKET_STATE, symbol, Records.state(symbol, "71000", now), now);
    pipeline.flush();
  }

  private static WorkerProcess worker(RealPipeline pipeline, RestartableRedis redis)
      throws IOException {
    return ShippedSink.start(
        directory,
        plugins,
        pipeline,
        redis,
        Map.of("QUANTUM_REDIS_USERNAME", "default", "QUANTUM_REDIS_PASSWORD", SECRET));
  }

  private static void awaitKeys(RedisCommands<String, String> redis, WorkerProcess worker) {
    await()
        .atMost(SOON)
        .failFast("the worker has ended", () -> !worker.isAlive())
        .until(
            () ->
                redis.exists(
                        "quantum:stream:apply.plan",
                        "quantum:permit:p33:" + ContractRecords.PLAN_ID,
                        "quantum:stream:apply.result",
                        "quantum:position:ledger:BTCUSDT",
                        "quantum:state:positions:BTCUSDT",
                        "quantum:cfg:universe:meta",
                        "quantum:marketstate:BTCUSDT")
                    == 7);
  }

  private static JsonNode get(WorkerProcess worker, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(worker.rest() + path)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return JSON.readTree(answer.body());
    }
  }

  /** Reads the keys in the language of their readers, where there is a Python to do it with. */
  private void assertReadFromOutside(RestartableRedis redis) throws Exception {
    JsonNode read = readByPython(redis);

    assertThat(read.at("/permit/allow").asBoolean()).isTrue();
    assertThat(read.at("/permit/executes").asDouble()).isEqualTo(0.008);
    assertThat(read.at("/permit/apply_layer_executes").asDouble()).isEqualTo(0.008);
    assertThat(read.at("/permit/ttl").asInt()).isBetween(1, 600);
    assertThat(JSON.convertValue(read.at("/plan/names"), String[].class))
        .startsWith("plan_id", "decision", "symbol", "side", "type", "qty", "reduceOnly", "source");
    assertThat(read.at("/plan/plan_id").asText()).isEqualTo(ContractRecords.PLAN_ID);
    assertThat(read.at("/plan/qty").asDouble()).isEqualTo(0.008);
    assertThat(read.at("/plan/reduce_only").asBoolean()).isFalse();
    assertThat(read.at("/plan/leverage").asInt()).isEqualTo(2);
    assertThat(JSON.convertValue(read.at("/result/names"), String[].class))
        .containsExactly(
            "event_type", "plan_id", "symbol", "executed", "source", "timestamp", "details");
    assertThat(read.at("/result/executed").asBoolean()).isTrue();
    assertThat(read.at("/result/filled_qty").asDouble()).isEqualTo(0.008);
    assertThat(read.at("/position/ledger_amt").asDouble()).isEqualTo(-0.008);
    assertThat(read.at("/position/position_amt").asDouble()).isEqualTo(-0.008);
    assertThat(read.at("/position/notional").asDouble()).isEqualTo(572.0);
    assertThat(read.at("/position/notional_usd").asDouble()).isEqualTo(572.0);
    assertThat(read.at("/position/risk_missing").asInt()).isZero();
    assertThat(read.at("/position/ttl").asInt()).isBetween(1, 3600);
    assertThat(read.at("/universe/usable").asBoolean()).isTrue();
    assertThat(JSON.convertValue(read.at("/universe/symbols"), String[].class))
        .containsExactly("BTCUSDT", "ETHUSDT");
    assertThat(read.at("/market/sigma").asDouble()).isPositive();
  }

  private static JsonNode readByPython(RestartableRedis redis) throws Exception {
    List<String> command =
        List.of(
            "python3",
            Path.of("src", "test", "python", "read_keys.py").toString(),
            "127.0.0.1",
            Integer.toString(redis.port()),
            ContractRecords.SYMBOL,
            ContractRecords.PLAN_ID);
    Path said = directory.resolve("read_keys.err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
    builder.environment().put("REDIS_PASSWORD", SECRET);
    Process python;
    try {
      python = builder.start();
    } catch (IOException missing) {
      assumeThat(false).as("there is no python3 to read the keys with").isTrue();
      throw missing;
    }
    String answer = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(python.exitValue()).as(Files.readString(said)).isZero();
    return JSON.readTree(answer);
  }

  private static Path redisHome() {
    return directory.resolve("redis");
  }
}
