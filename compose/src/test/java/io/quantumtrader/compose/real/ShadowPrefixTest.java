package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.quantumtrader.compose.EmbeddedConnect;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.legacy.SourceSettings;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The pipeline beside old services that run: it reads their intents and their kill switch, and
 * writes under a prefix of its own. Nothing of theirs changes.
 */
@Tag("real")
final class ShadowPrefixTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SHADOW = "quantum:shadow:";
  private static final String KILL = "quantum:kill";
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT");

  /** What the source reads; it makes its consumer group on each, and for that an absent one. */
  private static final Set<String> SOURCES =
      Set.of(
          OldProducer.STREAM, "quantum:stream:apply.plan.manual", "quantum:stream:harvest.intent");

  @Test
  void shouldDecideTheOldIntentsAndTouchNothingOfTheOldServices() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh().startStages();
        RedisClient client = RedisClient.create(pipeline.stack().redisUri());
        StatefulRedisConnection<byte[], byte[]> bytes = client.connect(ByteArrayCodec.INSTANCE);
        StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      EmbeddedConnect connect = pipeline.stack().connect();
      try {
        // given the old services' keys, and both connectors, each with its prefix
        redis.flushall();
        OldSystem old = new OldSystem(redis);
        old.begin();
        Set<String> untouched = new TreeSet<>(old.keys());
        untouched.removeAll(SOURCES);
        Map<String, OldSystem.Held> before = old.held(untouched);
        World.open(pipeline, List.of("main"), SYMBOLS).begin();
        start(pipeline, redis);

        // when
        OldProducer producer = new OldProducer(bytes, SYMBOLS, 11);
        producer.add(300);
        await().atMost(SOON).until(() -> outcomes(pipeline).size() >= producer.ids().size());
        for (ApplyPlan plan : pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class)) {
          pipeline.send(Topic.APPLY_RESULT, "main", Records.filled(plan, Records.NOW), Records.NOW);
        }
        pipeline.settle();
        await().atMost(SOON).until(() -> isWritten(pipeline, redis));

        // then each intent has one outcome, and everything that was written is the shadow's
        assertThat(outcomes(pipeline)).containsExactlyInAnyOrderElementsOf(producer.ids());
        assertThat(pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class)).isNotEmpty();
        assertThat(written(old, untouched)).isNotEmpty().allMatch(key -> key.startsWith(SHADOW));
        assertThat(old.held(untouched)).isEqualTo(before);
        // and the bridge is given all that was ever added
        assertThat(old.readAsBridge()).isEqualTo(producer.ids());
        assertThat(old.entries(OldProducer.STREAM)).isEqualTo(producer.ids());

        // when the old operator kills, then the pipeline is held, and his key is as he left it
        redis.set(KILL, "1");
        await().atMost(SOON).until(() -> lastState(pipeline) == TradingState.HALTED);
        producer.add(30);
        await().atMost(SOON).until(() -> outcomes(pipeline).size() >= producer.ids().size());
        assertThat(plansOf(pipeline, producer.ids().subList(300, 330))).isEmpty();
        assertThat(codes(pipeline, producer.ids().subList(300, 330))).contains("TRADING_HALTED");
        await().atMost(SOON).until(() -> "1".equals(redis.get(SHADOW + "kill")));
        untouched.add(KILL);
        assertThat(redis.get(KILL)).isEqualTo("1");
        assertThat(redis.ttl(KILL)).isEqualTo(-1);
        assertThat(redis.exists("quantum:system:mode")).isZero();

        // when he takes the key away, then trading goes on, and he can kill in the same way again
        redis.del(KILL);
        await().atMost(SOON).until(() -> lastState(pipeline) == TradingState.ACTIVE);
        await().atMost(SOON).until(() -> redis.exists(SHADOW + "kill") == 0);
        redis.set(KILL, "1");
        await().atMost(SOON).until(() -> lastState(pipeline) == TradingState.HALTED);

        // when ours lets trading go on over his key, then nothing goes round
        set(pipeline, TradingState.ACTIVE);
        lookAgain(pipeline, producer);
        assertThat(lastState(pipeline)).isEqualTo(TradingState.ACTIVE);

        // when ours halts, then his key does not let trading go on
        set(pipeline, TradingState.HALTED);
        await().atMost(SOON).until(() -> "1".equals(redis.get(SHADOW + "kill")));
        redis.set(KILL, "0");
        lookAgain(pipeline, producer);
        assertThat(lastState(pipeline)).isEqualTo(TradingState.HALTED);
        assertThat(written(old, untouched)).allMatch(key -> key.startsWith(SHADOW));
        untouched.remove(KILL);
        assertThat(old.held(untouched)).isEqualTo(before);
      } finally {
        for (String name : List.of(LegacyContract.SOURCE_NAME, LegacyContract.CONNECTOR_NAME)) {
          if (connect.status(name).isPresent()) {
            connect.remove(name);
          }
        }
      }
    }
  }

  private static void start(RealPipeline pipeline, RedisCommands<String, String> redis) {
    EmbeddedConnect connect = pipeline.stack().connect();
    Map<String, String> source =
        LegacyContract.sourceConfiguration(
            SourceSettings.of(pipeline.stack().redisUri(), pipeline.stack().schemaRegistryUrl()));
    source.put("keys.poll.ms", "20");
    source.put("keys.settle.ms", "200");
    source.put("keys.sink.prefix", SHADOW);
    connect.put(LegacyContract.SOURCE_NAME, source);
    SinkSettings sink =
        SinkSettings.of(pipeline.stack().redisUri(), pipeline.stack().schemaRegistryUrl())
            .withKeyPrefix(SHADOW)
            .withExpiryReference(ExpiryReference.RECORD)
            .withKafkaCluster(pipeline.applicationId());
    connect.put(LegacyContract.CONNECTOR_NAME, LegacyContract.sinkConfiguration(sink));
    connect.awaitRunning(LegacyContract.SOURCE_NAME, SOON);
    connect.awaitRunning(LegacyContract.CONNECTOR_NAME, SOON);
    // The source's group begins with what comes from now on.
    await().atMost(SOON).until(() -> redis.xinfoGroups(OldProducer.STREAM).size() == 2);
  }

  /** Lets the source look at the keys many times: each batch is read in a poll of its own. */
  private static void lookAgain(RealPipeline pipeline, OldProducer producer) {
    for (int i = 0; i < 10; i++) {
      producer.add(1);
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> outcomes(pipeline).contains(producer.ids().getLast()));
    }
  }

  private static void set(RealPipeline pipeline, TradingState state) {
    pipeline.send(Topic.CONTROL, "*", Records.control(state), Records.NOW);
    pipeline.flush();
  }

  private static TradingState lastState(RealPipeline pipeline) {
    return pipeline.values(Topic.CONTROL, Control.class).getLast().getTradingState();
  }

  /** Keys that are neither the old services' nor streams that the source reads. */
  private static Set<String> written(OldSystem old, Set<String> untouched) {
    Set<String> written = new TreeSet<>(old.keys());
    written.removeAll(untouched);
    written.removeAll(SOURCES);
    return written;
  }

  /** Whether the sink has come to the last records of what it writes. */
  private static boolean isWritten(RealPipeline pipeline, RedisCommands<String, String> redis) {
    long results = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).size();
    return redis.xlen(SHADOW + "stream:decision")
            == pipeline.values(Topic.DECISION, Decision.class).size()
        && redis.xlen(SHADOW + "stream:apply.plan") == results
        && redis.exists(SHADOW + "state:portfolio") == 1
        && !redis.keys(SHADOW + "position:ledger:*").isEmpty();
  }

  /** Ids of what was decided or put away, once for each outcome. */
  private static List<String> outcomes(RealPipeline pipeline) {
    List<String> ids = new ArrayList<>();
    for (Decision decision : decisions(pipeline)) {
      ids.add(decision.getCauseId());
    }
    pipeline
        .read(Topic.DEAD_LETTER)
        .forEach(
            letter -> ids.add(new String(letter.headers().lastHeader("redis.id").value(), UTF_8)));
    return ids;
  }

  private static List<Decision> decisions(RealPipeline pipeline) {
    return pipeline.values(Topic.DECISION, Decision.class).stream()
        .filter(decision -> decision.getCauseType() == CauseType.INTENT)
        .filter(decision -> decision.getVerdict() != Verdict.RECORDED)
        .toList();
  }

  private static List<ApplyPlan> plansOf(RealPipeline pipeline, List<String> intents) {
    return pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).stream()
        .filter(plan -> intents.contains(plan.getIntentId()))
        .toList();
  }

  private static List<String> codes(RealPipeline pipeline, List<String> intents) {
    return decisions(pipeline).stream()
        .filter(decision -> intents.contains(decision.getCauseId()))
        .map(Decision::getCode)
        .toList();
  }
}
