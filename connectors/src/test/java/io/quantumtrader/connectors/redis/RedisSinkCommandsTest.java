package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the commands beside hashes, strings and streams leave in a real Redis. */
@Tag("real")
class RedisSinkCommandsTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  @Test
  void shouldKeepScoresAndWhatWasPushedLast() {
    // given
    String commands =
        """
        {"command": "ZADD", "key": "z", "member": "value.symbol", "score": "value.n"},
        {"command": "LPUSH", "key": "l", "value": "value.n", "maxlen": 2},
        {"command": "RPUSH", "key": "r", "value": "value.n", "maxlen": 2, "ttl": 60}
        """;
    try (SinkHarness sink = start(commands)) {
      // when
      for (int i = 0; i < 4; i++) {
        sink.put(Records.of(i, Map.of("symbol", i % 2 == 0 ? "BTC" : "ETH", "n", i)));
      }

      // then
      assertThat(REDIS.commands().zrangeWithScores("p:z", 0, -1))
          .containsExactly(ScoredValue.just(2, "BTC"), ScoredValue.just(3, "ETH"));
      assertThat(REDIS.commands().lrange("p:l", 0, -1)).containsExactly("3", "2");
      assertThat(REDIS.commands().lrange("p:r", 0, -1)).containsExactly("2", "3");
      assertThat(REDIS.commands().ttl("p:r")).isBetween(55L, 60L);
      assertThat(sink.reported()).isEmpty();
    }
  }

  @Test
  void shouldPublishEachMessageOnce() throws InterruptedException {
    // given
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    RedisClient client = RedisClient.create(REDIS.uri());
    try (StatefulRedisPubSubConnection<String, String> listening = client.connectPubSub();
        SinkHarness sink =
            start("{\"command\": \"PUBLISH\", \"channel\": \"c\", \"value\": \"value.n\"}")) {
      listening.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
              heard.add(channel + " " + message);
            }
          });
      listening.sync().subscribe("p:c");

      // when: a batch is delivered twice
      SinkRecord[] batch = {Records.of(0, Map.of("n", "a")), Records.of(1, Map.of("n", "b"))};
      sink.put(batch);
      sink.put(batch);
      sink.put(Records.of(2, Map.of("n", "end")));

      // then
      List<String> messages = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        messages.add(heard.poll(10, TimeUnit.SECONDS));
      }
      assertThat(messages).containsExactly("p:c a", "p:c b", "p:c end");
    } finally {
      client.shutdown();
    }
  }

  @Test
  void shouldTrimAStreamByTheAgeOfItsEntries() {
    // given: ids that are the record's time, which is the reference
    String commands =
        """
        {"command": "XADD", "key": "s", "id": "${value.ms}-${offset}", "maxage": 10, "exact": true,
         "fields": [{"name": "n", "value": "value.ms"}]}
        """;
    Map<String, String> settings = settings(commands);
    settings.put(RedisSinkConfig.EXPIRY_REFERENCE, "record");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      // when
      sink.put(
          Records.of(0, Map.of("ms", Records.TIME_MS - 20_000)),
          Records.of(1, Map.of("ms", Records.TIME_MS - 10_000)),
          Records.of(2, Map.of("ms", Records.TIME_MS)),
          Records.of(3, Map.of("ms", Records.TIME_MS - 5)));

      // then
      assertThat(REDIS.commands().xrange("p:s", Range.unbounded()))
          .extracting(StreamMessage::getId)
          .containsExactly(Records.TIME_MS - 10_000 + "-1", Records.TIME_MS + "-2");
      assertThat(sink.reported())
          .singleElement()
          .asString()
          .contains("t-0 offset 3: XADD p:s refused:", "equal or smaller");
    }
  }

  @Test
  void shouldEndTheTaskWhereAPermissionIsMissing() {
    // given
    REDIS
        .commands()
        .aclSetuser(
            "poor",
            AclSetuserArgs.Builder.on()
                .addPassword("poor-word")
                .allKeys()
                .allCommands()
                .removeCommand(CommandType.LPUSH));
    Map<String, String> settings =
        settings("{\"command\": \"LPUSH\", \"key\": \"l\", \"value\": \"value.n\"}");
    settings.put(RedisConnectionConfig.USERNAME, "poor");
    settings.put(RedisConnectionConfig.PASSWORD, "poor-word");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      // then
      assertThatThrownBy(() -> sink.put(Records.of(0, Map.of("n", 1))))
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("NOPERM")
          .hasMessageContaining("check redis.username, redis.password and what the user may do");
      assertThat(REDIS.commands().exists("p:connect:offset:sink:t:0")).isZero();
    }
  }

  private static SinkHarness start(String commands) {
    return SinkHarness.start(settings(commands));
  }

  private static Map<String, String> settings(String commands) {
    Map<String, String> settings = SinkHarness.settings(REDIS.uri(), commands);
    settings.compute(
        MappingConfig.MAPPING,
        (name, json) -> json.replace("{\"commands\"", "{\"tombstone\": \"ignore\", \"commands\""));
    return settings;
  }
}
