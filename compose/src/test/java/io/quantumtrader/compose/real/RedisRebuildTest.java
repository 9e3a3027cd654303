package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys that Redis has lost are written anew, and no stream has an entry twice. */
@Tag("real")
final class RedisRebuildTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String STATE = "quantum:marketstate:BTCUSDT";
  private static final String STREAM = "quantum:stream:marketstate";

  @Test
  void shouldWriteTheKeysAnewAndNoEntryTwice() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh();
        RedisClient client = RedisClient.create(pipeline.stack().redisUri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      // given keys and a stream that the sink has written
      RedisCommands<String, String> redis = connection.sync();
      redis.flushall();
      long now = System.currentTimeMillis();
      pipeline.send(Topic.MARKET_STATE, "BTCUSDT", Records.state("BTCUSDT", "70000", now), now);
      pipeline.send(Topic.MARKET_STATE, "BTCUSDT", Records.state("BTCUSDT", "71000", now), now);
      pipeline.send(Topic.MARKET_STATE, "ETHUSDT", Records.state("ETHUSDT", "2500", now), now);
      pipeline.send(Topic.CONTROL, "*", Records.control(TradingState.REDUCING), now);
      pipeline.flush();
      startSink(pipeline);
      try {
        await().atMost(SOON).until(() -> redis.xlen(STREAM) == 3);
        await().atMost(SOON).until(() -> "LOCKDOWN".equals(redis.get("quantum:system:mode")));
        Map<String, String> before = redis.hgetall(STATE);
        Set<String> keys = keys(redis);

        // when nothing is lost
        assertThat(rebuild(pipeline)).contains("trading state left as it is");

        // then nothing is added
        assertThat(redis.xlen(STREAM)).isEqualTo(3);
        assertThat(keys(redis)).isEqualTo(keys);

        // when
        redis.flushall();
        assertThat(rebuild(pipeline)).contains("trading state included");

        // then
        assertThat(new TreeMap<>(redis.hgetall(STATE))).isEqualTo(new TreeMap<>(before));
        assertThat(redis.ttl(STATE)).isBetween(500L, 600L);
        assertThat(redis.get("quantum:system:mode")).isEqualTo("LOCKDOWN");
        keys.remove(STREAM);
        assertThat(keys(redis)).isEqualTo(keys);

        // when the sink goes on
        pipeline.send(Topic.MARKET_STATE, "BTCUSDT", Records.state("BTCUSDT", "72000", now), now);
        pipeline.flush();

        // then it adds what is new and nothing else
        await().atMost(SOON).until(() -> redis.exists(STREAM) == 1);
        assertThat(redis.xlen(STREAM)).isEqualTo(1);
      } finally {
        pipeline.stack().connect().remove(LegacyContract.CONNECTOR_NAME);
      }
    }
  }

  @Test
  void shouldSayWhichKeysAreNotWhatTheTopicsSay() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh();
        RedisClient client = RedisClient.create(pipeline.stack().redisUri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      // given what the sink would have written
      RedisCommands<String, String> redis = connection.sync();
      redis.flushall();
      long now = System.currentTimeMillis();
      pipeline.send(Topic.MARKET_STATE, "BTCUSDT", Records.state("BTCUSDT", "71000", now), now);
      pipeline.send(Topic.MARKET_STATE, "ETHUSDT", Records.state("ETHUSDT", "2500", now), now);
      pipeline.send(Topic.CONTROL, "*", Records.control(TradingState.REDUCING), now);
      pipeline.flush();
      String unused = rebuild(pipeline);

      // when nothing is wrong
      CommandRun fine = compare(pipeline);

      // then
      assertThat(fine.code()).as(fine.out() + fine.err()).isZero();
      assertThat(fine.out())
          .containsPattern("^[1-9]\\d* the same, 0 expired, 0 missing, 0 differing");

      // when somebody writes a field, takes a key away, and leaves one of his own
      redis.hset(STATE, "sigma", "7");
      redis.del("quantum:system:mode");
      redis.set("quantum:note", "mine");
      redis.set("quantum:lease", "of somebody else, for a minute", SetArgs.Builder.ex(60));
      CommandRun wrong = compare(pipeline);

      // then
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.out())
          .contains("1 missing, 1 differing, 1 foreign")
          .contains("  missing quantum:system:mode\n")
          .contains("  differing " + STATE + " (sigma)\n")
          .contains("  foreign quantum:note\n");
      redis.flushall();
    }
  }

  private static CommandRun compare(RealPipeline pipeline) {
    return CommandRun.of(
        "redis",
        "compare",
        "--settle",
        "0",
        "--redis",
        pipeline.stack().redisUri(),
        "--bootstrap-servers",
        pipeline.stack().bootstrapServers(),
        "--schema-registry",
        pipeline.stack().schemaRegistryUrl());
  }

  @Test
  void shouldSayInOneLineThatRedisIsNotThere() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh()) {
      CommandRun run = run(pipeline, "redis://127.0.0.1:1");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).hasLineCount(1).contains("127.0.0.1:1 cannot be reached");
    }
  }

  /** The sink's own notes of how far it has written are no keys of anybody else's. */
  private static Set<String> keys(RedisCommands<String, String> redis) {
    Set<String> keys = new TreeSet<>(redis.keys("*"));
    keys.removeIf(key -> key.startsWith("quantum:connect:offset"));
    return keys;
  }

  private static String rebuild(RealPipeline pipeline) {
    CommandRun run = run(pipeline, pipeline.stack().redisUri());
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private static CommandRun run(RealPipeline pipeline, String redisUri) {
    return CommandRun.of(
        "redis",
        "rebuild",
        "--redis",
        redisUri,
        "--bootstrap-servers",
        pipeline.stack().bootstrapServers(),
        "--schema-registry",
        pipeline.stack().schemaRegistryUrl());
  }

  private static void startSink(RealPipeline pipeline) {
    SinkSettings sink =
        SinkSettings.of(pipeline.stack().redisUri(), pipeline.stack().schemaRegistryUrl())
            .withKafkaCluster(UUID.randomUUID().toString());
    pipeline
        .stack()
        .connect()
        .put(LegacyContract.CONNECTOR_NAME, LegacyContract.sinkConfiguration(sink));
    pipeline.stack().connect().awaitRunning(LegacyContract.CONNECTOR_NAME, SOON);
  }
}
