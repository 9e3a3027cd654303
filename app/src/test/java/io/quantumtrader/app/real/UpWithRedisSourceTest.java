package io.quantumtrader.app.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.app.Quantum;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.topic.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An old producer's XADD to the Redis beside {@code quantum up} ends in a plan. */
final class UpWithRedisSourceTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void shouldMakeAPlanOfAnIntentThatSomebodyAddsToTheOldStream() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh();
        RedisClient client = RedisClient.create(pipeline.stack().redisUri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      redis.flushall();
      World.open(pipeline, List.of("main"), List.of("BTCUSDT"));
      StringWriter said = new StringWriter();
      Thread up = up(pipeline, said);
      try {
        // given a pipeline that runs and knows the account
        await()
            .atMost(SOON)
            .failFast("up ended", () -> !up.isAlive())
            .until(() -> redis.exists(OldProducer.STREAM) == 1 && knowsEquity(pipeline));

        // when
        redis.xadd(
            OldProducer.STREAM,
            new XAddArgs().id(Records.NOW + "-1"),
            Map.of(
                "payload",
                "{\"symbol\": \"BTCUSDT\", \"action\": \"BUY\", \"position_usd\": 300.0,"
                    + " \"leverage\": 2.0, \"timestamp\": "
                    + Records.NOW / 1000
                    + "}"));

        // then
        await()
            .atMost(SOON)
            .until(() -> !pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).isEmpty());
        assertThat(pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class))
            .singleElement()
            .satisfies(
                plan -> {
                  assertThat(plan.getIntentId()).isEqualTo(Records.NOW + "-1");
                  assertThat(plan.getSymbol()).isEqualTo("BTCUSDT");
                });
        await().atMost(SOON).until(() -> redis.xlen("quantum:stream:apply.plan") == 1);
      } finally {
        up.interrupt();
        up.join(SOON.toMillis());
      }
    }
  }

  private static Thread up(RealPipeline pipeline, StringWriter said) {
    return Thread.ofPlatform()
        .name("quantum-up")
        .start(
            () ->
                Quantum.commandLine()
                    .setErr(new PrintWriter(said))
                    .execute(
                        "up",
                        "--without",
                        "feed,agent,executor",
                        "--bootstrap-servers",
                        pipeline.stack().bootstrapServers(),
                        "--schema-registry",
                        pipeline.stack().schemaRegistryUrl(),
                        "--redis",
                        pipeline.stack().redisUri()));
  }

  private static boolean knowsEquity(RealPipeline pipeline) {
    PortfolioState state = pipeline.table(Topic.PORTFOLIO_STATE, PortfolioState.class).get("main");
    if (state != null && state.getEquity() != null) {
      return true;
    }
    // Portfolios are published when the clock passes: let it pass again.
    pipeline.clock(Records.NOW);
    return false;
  }
}
