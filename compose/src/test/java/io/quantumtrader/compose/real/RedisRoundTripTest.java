package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SourceSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What old producers write to Redis comes out decided, each entry once, over workers that are
 * killed at whatever moment they have come to.
 */
@Tag("real")
final class RedisRoundTripTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> SYMBOLS =
      IntStream.range(0, 10).mapToObj(i -> "S" + i + "USDT").toList();

  @Test
  void shouldMakeOnePlanDenialOrDeadLetterOfEachOfTenThousandIntents() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh().startStages();
        RedisClient client = RedisClient.create(pipeline.stack().redisUri());
        StatefulRedisConnection<byte[], byte[]> redis = client.connect(ByteArrayCodec.INSTANCE)) {
      // given
      redis.sync().flushall();
      World.open(pipeline, List.of("main"), SYMBOLS).begin();
      OldProducer producer = new OldProducer(redis, SYMBOLS, 5);

      // when two workers are killed on the way
      producer.add(3000);
      run(pipeline, () -> moved(pipeline) >= 500);
      producer.add(3000);
      run(pipeline, () -> moved(pipeline) >= 3500);
      producer.add(4000);
      run(pipeline, () -> isRead(redis.sync(), producer.ids().getLast()));
      pipeline.settle();

      // then
      List<String> arrived = new ArrayList<>(letters(pipeline));
      pipeline
          .values(Topic.TRADE_INTENT, TradeIntent.class)
          .forEach(intent -> arrived.add(intent.getIntentId()));
      assertThat(arrived).doesNotHaveDuplicates().hasSize(10_000);
      assertThat(letters(pipeline)).containsExactlyInAnyOrderElementsOf(producer.junk());
      Map<String, List<String>> outcomes = outcomes(pipeline);
      assertThat(outcomes.keySet()).containsExactlyInAnyOrderElementsOf(producer.ids());
      assertThat(outcomes).allSatisfy((id, each) -> assertThat(each).as(id).hasSize(1));
      assertThat(outcomes.values())
          .contains(List.of("plan"))
          .doesNotContain(List.of("INTENT_DUPLICATE"));
    }
  }

  /** Runs a worker until this is so, and kills it. */
  private static void run(RealPipeline pipeline, Callable<Boolean> until) throws Exception {
    Path directory = pipeline.stack().directory(pipeline.applicationId());
    Map<String, String> configuration =
        new HashMap<>(
            LegacyContract.sourceConfiguration(
                SourceSettings.of(
                    pipeline.stack().redisUri(), pipeline.stack().schemaRegistryUrl())));
    configuration.put("group.start", "0");
    configuration.put("batch.entries", "50");
    try (DistributedWorker worker =
        DistributedWorker.start(
            pipeline.applicationId() + "-connect",
            directory,
            pipeline.stack().bootstrapServers())) {
      try {
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofMillis(100))
            .failFast(() -> !worker.isAlive())
            .until(() -> worker.put(LegacyContract.SOURCE_NAME, configuration));
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofMillis(20))
            .failFast(() -> !worker.isAlive())
            .until(until);
      } catch (RuntimeException failure) {
        throw new IllegalStateException(worker.output(), failure);
      }
      worker.kill();
    }
  }

  private static Map<String, List<String>> outcomes(RealPipeline pipeline) {
    Map<String, List<String>> outcomes = new TreeMap<>();
    for (ApplyPlan plan : pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class)) {
      outcomes.computeIfAbsent(plan.getIntentId(), id -> new ArrayList<>()).add("plan");
    }
    for (Decision decision : pipeline.values(Topic.DECISION, Decision.class)) {
      if (decision.getCauseType() == CauseType.INTENT && decision.getVerdict() == Verdict.DENIED) {
        outcomes
            .computeIfAbsent(decision.getCauseId(), id -> new ArrayList<>())
            .add(decision.getCode());
      }
    }
    for (String id : letters(pipeline)) {
      outcomes.computeIfAbsent(id, any -> new ArrayList<>()).add("letter");
    }
    return outcomes;
  }

  private static List<String> letters(RealPipeline pipeline) {
    List<String> ids = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> letter : pipeline.read(Topic.DEAD_LETTER)) {
      ids.add(new String(letter.headers().lastHeader("redis.id").value(), UTF_8));
      assertThat(letter.headers().lastHeader("redis.reason")).isNotNull();
    }
    return ids;
  }

  private static long moved(RealPipeline pipeline) throws InterruptedException {
    return pipeline.count(Topic.TRADE_INTENT) + pipeline.count(Topic.DEAD_LETTER);
  }

  /** Whether the group was given everything and has acknowledged it. */
  private static boolean isRead(RedisCommands<byte[], byte[]> redis, String lastId) {
    List<?> group = (List<?>) redis.xinfoGroups(OldProducer.STREAM.getBytes(UTF_8)).getFirst();
    Map<String, String> standing = new HashMap<>();
    for (int i = 0; i + 1 < group.size(); i += 2) {
      standing.put(text(group.get(i)), text(group.get(i + 1)));
    }
    return standing.get("last-delivered-id").equals(lastId) && standing.get("pending").equals("0");
  }

  private static String text(Object reply) {
    return reply instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(reply);
  }
}
