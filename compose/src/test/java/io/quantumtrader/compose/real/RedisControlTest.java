package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.compose.EmbeddedConnect;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.legacy.SourceSettings;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kill switch with a sink that writes it and a source that reads it: nothing goes round. */
@Tag("real")
final class RedisControlTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String KILL = "quantum:kill";
  private static final String MODE = "quantum:system:mode";

  @Test
  void shouldTakeUpWhatOthersSetOnceAndNeverWhatTheSinkWrote() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh();
        RedisClient client = RedisClient.create(pipeline.stack().redisUri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      redis.flushall();
      EmbeddedConnect connect = pipeline.stack().connect();
      try {
        // given a state of Kafka's that the sink has written
        set(pipeline, TradingState.ACTIVE);
        pipeline.send(Topic.CONTROL, Accounts.ALL_ORDERS, locked(), Records.NOW);
        startSource(pipeline);
        startSink(pipeline);
        await().atMost(SOON).until(() -> redis.exists("quantum:connect:written:kill") == 1);
        lookAgain(pipeline, redis);
        assertThat(states(pipeline)).containsExactly(TradingState.ACTIVE);

        // when an operator sets the old kill switch
        redis.set(KILL, "1");

        // then trading is halted, once, and the sink shows it
        await().atMost(SOON).until(() -> states(pipeline).size() == 2);
        await().atMost(SOON).until(() -> "LOCKDOWN".equals(redis.get(MODE)));
        lookAgain(pipeline, redis);
        assertThat(controls(pipeline).getLast().getSetBy()).isEqualTo("redis");
        assertThat(states(pipeline)).containsExactly(TradingState.ACTIVE, TradingState.HALTED);

        // when Kafka's own state changes, also with the source started anew
        connect.remove(LegacyContract.SOURCE_NAME);
        set(pipeline, TradingState.REDUCING);
        await().atMost(SOON).until(() -> redis.get(KILL) == null);
        startSource(pipeline);

        // then the source is silent
        lookAgain(pipeline, redis);
        assertThat(states(pipeline)).hasSize(3);

        // when an operator lets trading go on, and kills it once more in the same way as before
        redis.del(MODE);
        await().atMost(SOON).until(() -> states(pipeline).size() == 4);
        await().atMost(SOON).until(() -> !written(redis, MODE).contains("LOCKDOWN"));
        redis.set(KILL, "1");
        await().atMost(SOON).until(() -> states(pipeline).size() == 5);

        // then each was a change
        assertThat(states(pipeline).subList(2, 5))
            .containsExactly(TradingState.REDUCING, TradingState.ACTIVE, TradingState.HALTED);

        // and what is locked stayed so, whatever either of them wrote
        assertThat(pipeline.table(Topic.CONTROL, Control.class).get(Accounts.ALL_ORDERS))
            .isEqualTo(locked());
      } finally {
        for (String name : List.of(LegacyContract.SOURCE_NAME, LegacyContract.CONNECTOR_NAME)) {
          if (connect.status(name).isPresent()) {
            connect.remove(name);
          }
        }
      }
    }
  }

  private static String written(RedisCommands<String, String> redis, String key) {
    return redis.get(key.replace("quantum:", "quantum:connect:written:"));
  }

  /** Lets the source look at the keys many times: each entry is read in a poll of its own. */
  private static void lookAgain(RealPipeline pipeline, RedisCommands<String, String> redis) {
    for (int i = 0; i < 20; i++) {
      String id = redis.xadd(OldProducer.STREAM, Map.of("symbol", "BTCUSDT", "side", "HOLD"));
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  redis.xpending(OldProducer.STREAM, "quantum-streams").getCount() == 0
                      && pipeline
                          .values(
                              Topic.TRADE_INTENT, io.quantumtrader.schemas.avro.TradeIntent.class)
                          .stream()
                          .anyMatch(intent -> intent.getIntentId().equals(id)));
    }
  }

  private static void set(RealPipeline pipeline, TradingState state) {
    pipeline.send(Topic.CONTROL, "*", Records.control(state), Records.NOW);
    pipeline.flush();
  }

  /** A lock for all accounts, in a record that would halt everything if it were the state's. */
  private static Control locked() {
    SymbolLock lock =
        SymbolLock.newBuilder().setId("l").setSymbol("BTCUSDT").setEntries(true).setAtMs(1).build();
    return Control.newBuilder(Records.control(TradingState.HALTED))
        .setAccount(Accounts.ALL_ORDERS)
        .setLocks(List.of(lock))
        .build();
  }

  private static List<Control> controls(RealPipeline pipeline) {
    return pipeline.values(Topic.CONTROL, Control.class).stream()
        .filter(control -> control.getAccount().equals(Accounts.ALL))
        .toList();
  }

  private static List<TradingState> states(RealPipeline pipeline) {
    return controls(pipeline).stream().map(Control::getTradingState).toList();
  }

  private static void startSource(RealPipeline pipeline) {
    SourceSettings source =
        SourceSettings.of(pipeline.stack().redisUri(), pipeline.stack().schemaRegistryUrl());
    Map<String, String> configuration = LegacyContract.sourceConfiguration(source);
    configuration.put("keys.poll.ms", "20");
    configuration.put("keys.settle.ms", "200");
    configuration.put("group.start", "0");
    pipeline.stack().connect().put(LegacyContract.SOURCE_NAME, configuration);
    pipeline.stack().connect().awaitRunning(LegacyContract.SOURCE_NAME, SOON);
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
