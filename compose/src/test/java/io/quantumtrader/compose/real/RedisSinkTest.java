package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the stages decide appears under the old keys, through a real Connect worker. */
@Tag("real")
final class RedisSinkTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void shouldServeTheOldKeysAndADenialOnTheOldResultStream() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh().startStages();
        RedisClient client = RedisClient.create(pipeline.stack().redisUri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      // given
      RedisCommands<String, String> redis = connection.sync();
      redis.flushall();
      World world = World.open(pipeline, List.of("main"), List.of("BTCUSDT"));
      world.begin();
      startSink(pipeline);

      // when one intent is filled and one is denied
      world.intend("i-1", "main", "BTCUSDT", IntentAction.OPEN_LONG, Records.NOW);
      world.intend("i-2", "main", "DOGEUSDT", IntentAction.OPEN_LONG, Records.NOW);
      pipeline.settle();
      ApplyPlan plan = pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).getFirst();
      pipeline.send(Topic.APPLY_RESULT, "main", Records.filled(plan, Records.NOW), Records.NOW);
      pipeline.settle();

      // then
      await().atMost(SOON).until(() -> redis.xlen("quantum:stream:apply.result") == 2);
      await().atMost(SOON).until(() -> redis.exists("quantum:position:ledger:BTCUSDT") == 1);
      Map<String, String> ledger = redis.hgetall("quantum:position:ledger:BTCUSDT");
      assertThat(ledger).containsEntry("position_amt", "2.0").containsEntry("side", "LONG");
      assertThat(redis.hgetall("quantum:marketstate:BTCUSDT")).containsEntry("sigma", "0.00100000");
      String permit = "quantum:permit:p33:" + plan.getPlanId();
      await().atMost(SOON).until(() -> redis.exists(permit) == 1);
      assertThat(redis.ttl(permit)).isBetween(1L, 60L);
      List<StreamMessage<String, String>> results =
          redis.xrange("quantum:stream:apply.result", Range.unbounded());
      assertThat(results)
          .anySatisfy(
              entry ->
                  assertThat(entry.getBody())
                      .containsEntry("executed", "false")
                      .containsEntry("symbol", "DOGEUSDT"))
          .anySatisfy(entry -> assertThat(entry.getBody()).containsEntry("executed", "true"));
      assertThat(redis.get("quantum:intent_bridge:seen:i-1")).isEqualTo("1");
      pipeline.stack().connect().remove(LegacyContract.CONNECTOR_NAME);
    }
  }

  private static void startSink(RealPipeline pipeline) throws Exception {
    SinkSettings sink =
        SinkSettings.of(pipeline.stack().redisUri(), pipeline.stack().schemaRegistryUrl())
            .withExpiryReference(ExpiryReference.RECORD)
            .withKafkaCluster(pipeline.applicationId());
    pipeline
        .stack()
        .connect()
        .put(LegacyContract.CONNECTOR_NAME, LegacyContract.sinkConfiguration(sink));
    pipeline.stack().connect().awaitRunning(LegacyContract.CONNECTOR_NAME, SOON);
  }
}
