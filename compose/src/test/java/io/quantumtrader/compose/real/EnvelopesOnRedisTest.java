package io.quantumtrader.compose.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.legacy.SourceSettings;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every spelling, form and number format that old producers send, through Redis and the whole
 * pipeline and back, with the verdict that each must get. Each line of {@code envelopes.jsonl} has
 * an account of its own, some with a position of 2 that is open.
 */
@Tag("real")
final class EnvelopesOnRedisTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PLANS = "stream:apply.plan";
  private static final String RESULTS = "stream:apply.result";
  private static final String BTC = "BTCUSDT";

  private record Line(
      String account, String id, String name, boolean open, JsonNode json, String verdict) {}

  private static List<Line> lines() throws Exception {
    List<Line> lines = new ArrayList<>();
    JsonMapper mapper = new JsonMapper();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                EnvelopesOnRedisTest.class.getResourceAsStream("/envelopes.jsonl"), UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        JsonNode json = mapper.readTree(text);
        int number = lines.size() + 1;
        lines.add(
            new Line(
                "e" + number,
                Records.NOW + "-" + number,
                json.get("name").asText(),
                json.get("open").asBoolean(),
                json,
                json.get("verdict").asText()));
      }
    }
    return lines;
  }

  @Test
  void shouldGiveEachEnvelopeItsVerdict() throws Exception {
    List<Line> lines = lines();
    try (RealPipeline pipeline = RealPipeline.fresh().startStages();
        RedisClient client = RedisClient.create(pipeline.stack().redisUri())) {
      // given
      RedisCommands<String, String> redis = client.connect().sync();
      redis.flushall();
      World world = World.open(pipeline, lines.stream().map(Line::account).toList(), List.of(BTC));
      world.begin();
      for (Line line : lines) {
        if (line.open()) {
          world.enter(line.account(), BTC);
        }
      }
      start(pipeline);

      try {
        // when
        for (Line line : lines) {
          redis.xadd(OldProducer.STREAM, new XAddArgs().id(line.id()), entry(line));
        }
        long opened = lines.stream().filter(Line::open).count();
        await()
            .atMost(SOON)
            .until(() -> pipeline.count(Topic.TRADE_INTENT) >= lines.size() + opened);
        pipeline.settle();
        await().atMost(SOON).until(() -> answers(redis, lines).size() >= answered(lines));

        // then
        SoftAssertions softly = new SoftAssertions();
        Map<String, Map<String, String>> answers = answers(redis, lines);
        for (Line line : lines) {
          check(softly, world, line, answers.get(line.id()));
        }
        softly.assertAll();
      } finally {
        for (String name : List.of(LegacyContract.SOURCE_NAME, LegacyContract.CONNECTOR_NAME)) {
          pipeline.stack().connect().remove(name);
        }
      }
    }
  }

  private static Map<String, String> entry(Line line) {
    Map<String, String> entry = new LinkedHashMap<>();
    line.json()
        .get("entry")
        .properties()
        .forEach(
            field ->
                entry.put(
                    field.getKey(), field.getValue().asText().replace("$ACCOUNT", line.account())));
    return entry;
  }

  /** A request for nothing is no denial, so that it has no answer in the old streams. */
  private static long answered(List<Line> lines) {
    return lines.stream().filter(line -> !line.verdict().equals("INTENT_HOLD")).count();
  }

  /** What the old streams say of each intent, by the id that its producer was given by XADD. */
  private static Map<String, Map<String, String>> answers(
      RedisCommands<String, String> redis, List<Line> lines) {
    Map<String, Map<String, String>> answers = new TreeMap<>();
    for (Line line : lines) {
      for (String stream : List.of(PLANS, RESULTS)) {
        String key = "quantum:" + line.account() + ":" + stream;
        for (StreamMessage<String, String> message :
            redis.xrange(key, io.lettuce.core.Range.unbounded())) {
          if (line.id().equals(message.getBody().get("intent_id"))) {
            answers.put(line.id(), message.getBody());
          }
        }
      }
    }
    return answers;
  }

  private static void check(
      SoftAssertions softly, World world, Line line, Map<String, String> answer) {
    softly
        .assertThat(
            world.decisions(line.account()).stream()
                .filter(decision -> decision.getCauseId().equals(line.id()))
                .filter(decision -> decision.getVerdict() != Verdict.RECORDED)
                .map(decision -> decision.getCode()))
        .as(line.name())
        .containsExactly(line.verdict());
    if (line.json().has("quantity")) {
      softly.assertThat(answer).as(line.name()).isNotNull().containsKey("qty");
      softly
          .assertThat(new BigDecimal(answer.getOrDefault("qty", "-1")))
          .as(line.name())
          .isEqualByComparingTo(line.json().get("quantity").asText());
      softly.assertThat(answer.get("leverage")).as(line.name()).matches("[1-9][0-9]*");
    } else if (answer != null) {
      softly.assertThat(answer).as(line.name()).containsEntry("error", line.verdict());
    }
  }

  private static void start(RealPipeline pipeline) {
    Map<String, String> source =
        LegacyContract.sourceConfiguration(
            SourceSettings.of(pipeline.stack().redisUri(), pipeline.stack().schemaRegistryUrl()));
    source.put("group.start", "0");
    Map<String, String> sink =
        LegacyContract.sinkConfiguration(
            SinkSettings.of(pipeline.stack().redisUri(), pipeline.stack().schemaRegistryUrl())
                .withKafkaCluster(UUID.randomUUID().toString()));
    pipeline.stack().connect().put(LegacyContract.SOURCE_NAME, source);
    pipeline.stack().connect().put(LegacyContract.CONNECTOR_NAME, sink);
    pipeline.stack().connect().awaitRunning(LegacyContract.SOURCE_NAME, SOON);
    pipeline.stack().connect().awaitRunning(LegacyContract.CONNECTOR_NAME, SOON);
  }
}
