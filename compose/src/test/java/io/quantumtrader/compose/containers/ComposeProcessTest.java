package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.compose.real.PluginZip;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service of the compose file as a plain process, with its command and environment, started
 * when what it waits for is there: an intent that an old producer adds to Redis ends as a plan in
 * Redis, and all of them end cleanly.
 */
@Tag("real")
final class ComposeProcessTest {

  private static final Duration ALL_START_WITHIN = Duration.ofMinutes(4);
  private static final Duration PLAN_WITHIN = Duration.ofMinutes(2);
  private static final long PAUSE_MS = 200;
  private static final String INTENTS = "quantum:stream:trade.intent";
  private static final String PLANS = "quantum:stream:apply.plan";

  /** What the console is asked by, and what tells it of Redis. */
  private static final List<String> SERVERS = List.of("kafka", "registry", "console");

  @TempDir Path directory;

  private final Map<String, LoopbackService> started = new LinkedHashMap<>();

  @AfterEach
  void endWhatIsLeft() {
    started.values().forEach(LoopbackService::kill);
  }

  @Test
  void shouldMakeAPlanInRedisOfAnIntentInRedisAndEndCleanly() throws Exception {
    PluginZip.unpack(Files.createDirectory(directory.resolve("probe")));
    // given
    Map<String, String> settings = new HashMap<>();
    settings.put("QUANTUM_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx256m");
    // The agent has an account of its own: in its own it soon holds every symbol that is worth it.
    settings.put("QUANTUM_ACCOUNTS", "main,robot");
    settings.put("QUANTUM_ACCOUNT", "robot");
    ComposeProject project =
        ComposeProject.of(List.of(ComposeProject.ROOT.resolve("compose.yaml")), Set.of(), settings);
    Loopback loopback = new Loopback(directory);
    startAll(project, new LoopbackStart(directory, loopback));
    String password = Files.readString(loopback.volume("secrets").resolve("redis-password"));
    RedisURI uri =
        RedisURI.builder()
            .withHost("127.0.0.1")
            .withPort(loopback.port("redis", 6379))
            .withPassword(password.toCharArray())
            .build();
    try (RedisClient client = RedisClient.create(uri);
        var connection = client.connect()) {
      // when
      String plan = planOfAnIntent(connection.sync());

      // then
      assertThat(plan).isNotEmpty();
    }
    assertKeepsSchemasInKafka(loopback);
    assertAnswerPrometheus(loopback);
    assertThat(health(loopback)).contains("\"costs\"").doesNotContain("REDIS_UNREACHABLE");
    assertEndCleanly(name -> !SERVERS.contains(name), password);
    await().atMost(PLAN_WITHIN).until(() -> health(loopback).contains("REDIS_UNREACHABLE"));
    assertEndCleanly(SERVERS::contains, password);
  }

  /**
   * The registry stores where the file tells it to, and not in the memory that it has by itself.
   */
  private static void assertKeepsSchemasInKafka(Loopback loopback) throws Exception {
    String broker = "127.0.0.1:" + loopback.port("kafka", 19092);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      TopicPartition journal = new TopicPartition("kafkasql-journal", 0);
      assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains(journal.topic());
      assertThat(
              admin
                  .listOffsets(Map.of(journal, OffsetSpec.latest()))
                  .partitionResult(journal)
                  .get(20, TimeUnit.SECONDS)
                  .offset())
          .isPositive();
    }
  }

  /** Each address that Prometheus is told of has metrics, under the names that its rules use. */
  private static void assertAnswerPrometheus(Loopback loopback) throws Exception {
    Map<String, String> expected =
        Map.of(
            "stages", "quantum_decisions_total",
            "executor", "quantum_results_total",
            "feed", "quantum_feed_age_seconds",
            "console", "quantum_health_score",
            "connect", "quantum_redis_sink_records_written_total");
    ComposeProject observed =
        ComposeProject.of(List.of(ComposeProject.BASE), Set.of("observability"), Map.of());
    Map<String, List<String>> targets = ScrapeTargets.of(observed);
    assertThat(targets.keySet()).isEqualTo(expected.keySet());
    for (String job : targets.keySet()) {
      String[] target = targets.get(job).getFirst().split(":", -1);
      int port = loopback.port(target[0], Integer.parseInt(target[1]));
      assertThat(body("http://127.0.0.1:" + port + "/metrics")).as(job).contains(expected.get(job));
    }
  }

  private static String body(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(url).isEqualTo(200);
      return answer.body();
    }
  }

  private void startAll(ComposeProject project, LoopbackStart start)
      throws IOException, InterruptedException {
    List<ComposeService> waiting = new ArrayList<>(project.inOrder());
    Set<String> ready = new TreeSet<>();
    long end = System.nanoTime() + ALL_START_WITHIN.toNanos();
    while (ready.size() < project.services().size()) {
      for (ComposeService service : List.copyOf(waiting)) {
        if (ready.containsAll(service.dependsOn().keySet())) {
          started.put(service.name(), start.start(service));
          waiting.remove(service);
        }
      }
      for (LoopbackService service : started.values()) {
        assertThat(service.hasFailed())
            .as(() -> service + ":\n" + String.join("\n", output(service)))
            .isFalse();
        if (!ready.contains(service.name())
            && (service.isJob() ? service.hasCompleted() : service.isHealthy())) {
          ready.add(service.name());
        }
      }
      assertThat(System.nanoTime())
          .as(() -> "ready: " + ready + " of " + started.values())
          .isLessThan(end);
      Thread.sleep(PAUSE_MS);
    }
  }

  /**
   * One intent after the other, each for another symbol, as one alone may be denied with reason.
   */
  private String planOfAnIntent(RedisCommands<String, String> redis) throws Exception {
    Set<String> sent = new TreeSet<>();
    Set<String> expected = new TreeSet<>();
    long end = System.nanoTime() + PLAN_WITHIN.toNanos();
    while (System.nanoTime() < end) {
      for (String symbol : topTen(redis)) {
        if (sent.add(symbol)) {
          String entry = redis.xadd(INTENTS, Map.of("payload", intent(symbol)));
          expected.add(planId(entry, symbol));
          break;
        }
      }
      for (int look = 0; look < 10; look++) {
        List<String> plans =
            redis.xrange(PLANS, Range.unbounded()).stream()
                .map(message -> message.getBody().get("plan_id"))
                .filter(expected::contains)
                .toList();
        if (!plans.isEmpty()) {
          return plans.getFirst();
        }
        Thread.sleep(PAUSE_MS);
      }
    }
    throw new AssertionError(
        "no plan for "
            + sent
            + "; decisions: "
            + redis.xrevrange("quantum:stream:decision", Range.unbounded()).stream()
                .limit(20)
                .toList());
  }

  private static List<String> topTen(RedisCommands<String, String> redis) throws IOException {
    String universe = redis.get("quantum:cfg:universe:top10");
    List<String> symbols = new ArrayList<>();
    if (universe != null) {
      JsonNode read = new JsonMapper().readTree(universe);
      (read.isArray() ? read : read.path("symbols")).forEach(one -> symbols.add(one.asText()));
    }
    return symbols;
  }

  private static String intent(String symbol) {
    return "{\"symbol\": \"%s\", \"action\": \"BUY\", \"position_usd\": 300.0, \"leverage\": 2.0, \"timestamp\": %d}"
        .formatted(symbol, System.currentTimeMillis() / 1000);
  }

  private static String planId(String entry, String symbol) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(
                String.join("|", "main", entry, symbol, "BUY").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash).substring(0, 16);
  }

  /** What the page is told of the pipeline's health; Redis was asked with its password. */
  private static String health(Loopback loopback) throws Exception {
    return body("http://127.0.0.1:" + loopback.port("console", 8787) + "/api/health");
  }

  private void assertEndCleanly(Predicate<String> which, String password)
      throws IOException, InterruptedException {
    List<LoopbackService> ending =
        started.values().stream().filter(one -> which.test(one.name())).toList();
    for (LoopbackService service : ending.reversed()) {
      int code = service.stop();
      assertThat(code).as(service.name()).isIn(0, 143);
      assertThat(service.output())
          .as(service.name())
          .noneMatch(line -> line.matches(".*\\b(ERROR|FATAL)\\b.*"))
          .noneMatch(line -> line.contains(password));
    }
    for (LoopbackService service : ending) {
      assertThat(directory.resolve("tmp").resolve(service.name()).resolve("healthy"))
          .doesNotExist();
    }
  }

  private static List<String> output(LoopbackService service) {
    try {
      return service.output();
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }
}
