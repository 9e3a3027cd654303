package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Registry, broker and Redis, killed and gone for a minute each, one after the other, beneath all
 * services as the compose file starts them: each service is back by itself, says what was wrong
 * meanwhile, and nothing is lost or there twice. The property {@code quantum.outage.seconds} makes
 * the outages shorter while one works on it.
 */
@Tag("real")
@EnabledIfSystemProperty(
    named = "quantum.long",
    matches = "true",
    disabledReason = "takes minutes; run it with -Dquantum.long=true")
final class OutageProcessTest {

  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("quantum.outage.seconds", 60));
  private static final Duration BACK_WITHIN = Duration.ofMinutes(4);
  private static final long PAUSE_MS = 500;
  private static final String PLANS = "quantum:stream:apply.plan";
  private static final String DECISIONS = "quantum:stream:decision";
  private static final int LOOK_BACK = 2_000;
  private static final List<String> WATCHED = List.of("stages", "executor", "feed");

  @TempDir Path directory;

  private LoopbackRun run;
  private Endpoints endpoints;
  private RecordSerdes serdes;
  private RedisClient redisClient;
  private RedisCommands<String, String> redis;
  private SentEntries sent;

  @BeforeEach
  void startAll() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("QUANTUM_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx256m");
    settings.put("QUANTUM_ACCOUNTS", "main,robot");
    settings.put("QUANTUM_ACCOUNT", "robot");
    run =
        new LoopbackRun(
            ComposeProject.of(
                List.of(ComposeProject.ROOT.resolve("compose.yaml")), Set.of(), settings),
            directory);
    run.startAll();
    Loopback loopback = run.loopback();
    endpoints =
        new Endpoints(
            "127.0.0.1:" + loopback.port("kafka", 19092),
            "http://127.0.0.1:" + loopback.port("registry", 8080) + "/apis/ccompat/v7");
    serdes = endpoints.serdes();
    String password = Files.readString(loopback.volume("secrets").resolve("redis-password"));
    redisClient =
        RedisClient.create(
            RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(loopback.port("redis", 6379))
                .withPassword(password.toCharArray())
                .build());
    redisClient.setOptions(ClientOptions.builder().autoReconnect(true).build());
    redis = redisClient.connect().sync();
    sent = new SentEntries(endpoints, serdes, redis);
  }

  @AfterEach
  void endAll() {
    if (sent != null) {
      sent.close();
    }
    if (redisClient != null) {
      redisClient.shutdown();
    }
    run.close();
  }

  @Test
  void shouldComeBackFromEachOutageByItselfWithNothingLostAndNothingTwice() throws Exception {
    awaitAllWell("the start");
    letEntriesThrough();
    grantOne();

    // when the registry is gone, and a record comes with a schema that nobody has read yet
    int id = sent.registerNextVersion();
    run.kill("registry");
    sent.sendByKafka(id);
    sent.sendByRedis();
    Map<String, String> said = watch("stages", "has not answered");
    run.startAgain("registry");
    // then
    assertThat(said.get("stages")).contains("the schema registry has not answered for");
    assertThat(said.get("executor")).contains("the schema registry has not answered for");
    awaitAllWell("the outage of the registry");
    grantOne();

    // when the broker is gone
    run.kill("kafka");
    sent.sendByRedis();
    said = watch("stages", "has not answered");
    boolean feedHealthy = run.isHealthy("feed");
    run.startAgain("kafka");
    // then
    assertThat(said.get("stages")).contains("the broker has not answered for");
    assertThat(said.get("executor")).contains("the broker has not answered for");
    assertThat(said.get("feed")).contains("the broker does not accept its records, for");
    if (OUTAGE.toSeconds() >= 60) {
      assertThat(feedHealthy).as("the feed's own health file is stale").isFalse();
    }
    awaitAllWell("the outage of the broker");
    grantOne();

    // when Redis is gone
    run.kill("redis");
    sent.sendByKafka(0);
    said = watch("stages", "connect");
    run.startAgain("redis");
    // then
    assertThat(said.get("stages"))
        .containsPattern("connectors|consumer standing")
        .contains("redis");
    awaitAllWell("the outage of Redis");
    grantOne();

    assertNothingLostAndNothingTwice();
  }

  /**
   * Sets limits so wide that what is refused here is refused for the outage: positions come and go
   * for the length of the test, and a symbol that became flat would be shut for 15 minutes.
   */
  private void letEntriesThrough() {
    CommandRun set =
        CommandRun.of(
            "policy",
            "set",
            "churnMs=0",
            "maxPositions=30",
            "entriesPerHour=1000",
            "entriesPerFiveMinutes=300",
            "maxConsecutiveLosses=1000",
            "maxDailyLoss=1",
            "maxDrawdown=1",
            "maxExposure=100",
            "minMarginRatio=0",
            "--reason",
            "outages",
            "--wait",
            "0",
            "--bootstrap-servers",
            endpoints.bootstrapServers(),
            "--schema-registry",
            endpoints.registryUrl());
    assertThat(set.code()).as(set.err()).isZero();
  }

  /** Waits as long as an outage lasts, and returns what each said when it was down. */
  private Map<String, String> watch(String who, String what) throws InterruptedException {
    Map<String, String> said = new TreeMap<>();
    long end = System.nanoTime() + OUTAGE.toNanos();
    while (System.nanoTime() < end) {
      for (String service : WATCHED) {
        String health = run.health(service);
        if (health.contains("\"DOWN\"")) {
          said.merge(service, health, String::concat);
        }
      }
      run.assertNoneHasFailed();
      Thread.sleep(PAUSE_MS);
    }
    System.out.println("during the outage " + who + " said of " + what + ": " + last(said));
    return said;
  }

  private static Map<String, String> last(Map<String, String> said) {
    Map<String, String> last = new TreeMap<>();
    said.forEach((who, all) -> last.put(who, all.substring(all.lastIndexOf("{\"status\""))));
    return last;
  }

  private void awaitAllWell(String after) throws Exception {
    long begin = System.nanoTime();
    List<String> unwell = List.of();
    while (System.nanoTime() - begin < BACK_WITHIN.toNanos()) {
      run.assertNoneHasFailed();
      unwell = new ArrayList<>(run.unhealthy());
      for (String service : WATCHED) {
        String health = run.health(service);
        if (!health.contains("\"UP\"")) {
          unwell.add(service + ": " + health);
        }
      }
      if (unwell.isEmpty()) {
        System.out.printf(
            "all well %d s after %s%n",
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin), after);
        return;
      }
      Thread.sleep(PAUSE_MS);
    }
    throw new AssertionError("after " + after + " still unwell: " + unwell);
  }

  /** Sends intents for one symbol after the other until one is granted. */
  private void grantOne() throws Exception {
    long end = System.nanoTime() + BACK_WITHIN.toNanos();
    while (System.nanoTime() < end) {
      String intent = sent.sendByRedis();
      String plan = sent.planId(intent);
      for (int look = 0; look < 20; look++) {
        if (countInRedis(plan) > 0) {
          return;
        }
        Thread.sleep(PAUSE_MS);
      }
    }
    throw new AssertionError("no intent is granted: " + decided());
  }

  /** Returns what was decided about the intents that were sent. */
  private List<String> decided() {
    return redis.xrevrange(DECISIONS, Range.unbounded(), Limit.from(LOOK_BACK)).stream()
        .map(StreamMessage::getBody)
        .filter(decision -> sent.ids().contains(decision.getOrDefault("cause_id", "")))
        .map(decision -> decision.get("cause_id") + " " + decision.get("code"))
        .toList();
  }

  private long countInRedis(String plan) {
    return redis.xrange(PLANS, Range.unbounded()).stream()
        .filter(message -> plan.equals(message.getBody().get("plan_id")))
        .count();
  }

  private void assertNothingLostAndNothingTwice() throws Exception {
    // Each intent has one decision; what is granted has one plan, one end, one entry in Redis.
    Map<String, Long> decided = new TreeMap<>();
    long end = System.nanoTime() + BACK_WITHIN.toNanos();
    do {
      Thread.sleep(PAUSE_MS);
      decided.clear();
      read(Topic.DECISION, Decision.class)
          .forEach(decision -> decided.merge(decision.getCauseId(), 1L, Long::sum));
    } while (!decided.keySet().containsAll(sent.ids()) && System.nanoTime() < end);
    for (String intent : sent.ids()) {
      assertThat(decided.getOrDefault(intent, 0L)).as("decisions on intent " + intent).isEqualTo(1);
    }
    Map<String, Long> plans = new TreeMap<>();
    for (ApplyPlan plan : read(Topic.APPLY_PLAN, ApplyPlan.class)) {
      plans.merge(plan.getPlanId(), 1L, Long::sum);
    }
    assertThat(plans).isNotEmpty().allSatisfy((plan, times) -> assertThat(times).isEqualTo(1));
    Map<String, Long> fills = new TreeMap<>();
    for (ApplyResult result : read(Topic.APPLY_RESULT, ApplyResult.class)) {
      if (result.getFill() != null) {
        fills.merge(result.getFill().getFillId(), 1L, Long::sum);
      }
    }
    assertThat(fills).isNotEmpty().allSatisfy((fill, times) -> assertThat(times).isEqualTo(1));
    int granted = 0;
    for (String intent : sent.ids()) {
      String plan = sent.planId(intent);
      if (plans.containsKey(plan)) {
        granted++;
        assertThat(countInRedis(plan)).as("plan " + plan + " in Redis").isEqualTo(1);
        assertOneEnd(plan);
      }
    }
    assertThat(granted).isGreaterThanOrEqualTo(4);
    assertTheClockNeverWentBack();
    System.out.printf(
        "%d intents, %d of them granted; %d plans%n", sent.ids().size(), granted, plans.size());
  }

  /**
   * A permit may lapse while the broker is away; that, too, is one end, and then without a fill.
   */
  private void assertOneEnd(String plan) {
    List<ApplyResult> results =
        read(Topic.APPLY_RESULT, ApplyResult.class).stream()
            .filter(result -> plan.equals(result.getPlanId()))
            .toList();
    List<ApplyResult> ends = results.stream().filter(ApplyResult::getFinalResult).toList();
    assertThat(ends).as("final results of plan " + plan).hasSize(1);
    assertThat(results.stream().filter(result -> result.getFill() != null))
        .as("fills of plan " + plan + ", which ended " + ends.getFirst().getOutcome())
        .hasSize(ends.getFirst().getOutcome() == ResultOutcome.FILLED ? 1 : 0);
  }

  private void assertTheClockNeverWentBack() {
    Map<Integer, Long> last = new TreeMap<>();
    for (Clock step : read(Topic.CLOCK, Clock.class)) {
      Long before = last.put(step.getPartition(), step.getNowMs());
      assertThat(step.getNowMs()).isGreaterThan(before == null ? 0 : before);
    }
    assertThat(last).isNotEmpty();
  }

  private <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
    List<T> values = new ArrayList<>();
    new TopicReader(endpoints.kafka(), Duration.ofMinutes(2))
        .readValues(topic, serdes.of(type).deserializer(), values::add);
    return values;
  }
}
