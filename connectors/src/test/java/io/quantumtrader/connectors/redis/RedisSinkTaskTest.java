package io.quantumtrader.connectors.redis;

import static io.quantumtrader.connectors.redis.Records.TIME_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class RedisSinkTaskTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static final String FENCE = "p:connect:offset:sink:t:0";

  private static final String HASH =
      """
      {"command": "HSET", "key": "h:${key}", "ttl": 600, "fields": [
        {"name": "a", "value": "value.a", "optional": true},
        {"name": "b", "value": "value.b", "when": "value?.b != null"}]}
      """;

  private static final String STREAM =
      """
      {"command": "SET", "key": "last", "value": "value.n"},
      {"command": "XADD", "key": "s", "fields": [{"name": "n", "value": "value.n"}]}
      """;

  @Test
  void shouldReplaceAHashSoThatStaleFieldsGo() {
    try (SinkHarness sink = start(HASH)) {
      // given
      sink.put(Records.of(0, Map.of("a", "1", "b", "2")));
      REDIS.commands().persist("p:h:k");

      // when
      sink.put(Records.of(1, Map.of("a", "3")));

      // then
      assertThat(REDIS.commands().hgetall("p:h:k")).isEqualTo(Map.of("a", "3"));
      assertThat(REDIS.commands().ttl("p:h:k")).isBetween(595L, 600L);
    }
  }

  @Test
  void shouldTakeTheKeyOverWhateverItHeld() {
    try (SinkHarness sink = start(HASH)) {
      REDIS.commands().set("p:h:k", "a string");

      sink.put(Records.of(0, Map.of("a", "1")));

      assertThat(REDIS.commands().hgetall("p:h:k")).isEqualTo(Map.of("a", "1"));
    }
  }

  @Test
  void shouldDeleteInOrderWithTheWritesAround() {
    try (SinkHarness sink = start(HASH)) {
      // when
      sink.put(
          Records.of(0, Map.of("a", "1")),
          Records.tombstone(1, "k"),
          Records.of("t", 0, 2, "other", Map.of("a", "2")),
          Records.tombstone(3, "other"),
          Records.of("t", 0, 4, "other", Map.of("a", "3")));

      // then
      assertThat(REDIS.commands().exists("p:h:k")).isZero();
      assertThat(REDIS.commands().hgetall("p:h:other")).isEqualTo(Map.of("a", "3"));
    }
  }

  @Test
  void shouldWriteEachRecordOnceHoweverOftenItIsDelivered() {
    // given
    List<SinkRecord> batch = numbered(0, 50);
    try (SinkHarness sink = start(STREAM)) {
      sink.put(batch);
      sink.put(batch);
    }

    // when: another task begins further back than this one got
    try (SinkHarness sink = start(STREAM)) {
      sink.put(numbered(20, 60));
    }

    // then
    assertThat(stream()).containsExactlyElementsOf(numbers(0, 60));
    assertThat(REDIS.commands().get("p:last")).isEqualTo("59");
    assertThat(REDIS.commands().get(FENCE)).isEqualTo("60");
  }

  @Test
  void shouldFenceEachPartitionByItself() {
    try (SinkHarness sink = start(STREAM)) {
      // given
      sink.put(Records.of("t", 0, 5, "k", Map.of("n", 0)));

      // when: the other partition is only at its beginning
      sink.put(
          Records.of("t", 1, 0, "k", Map.of("n", 1)), Records.of("t", 0, 6, "k", Map.of("n", 2)));

      // then
      assertThat(stream()).containsExactly(0L, 1L, 2L);
      assertThat(REDIS.commands().get(FENCE)).isEqualTo("7");
      assertThat(REDIS.commands().get("p:connect:offset:sink:t:1")).isEqualTo("1");
    }
  }

  @Test
  void shouldKeepTwoTasksOnOnePartitionFromWritingTwice() {
    // given: a task that was thought dead still holds what the new one is given, too
    List<SinkRecord> records = numbered(0, 40);
    try (SinkHarness old = start(STREAM);
        SinkHarness next = start(STREAM)) {
      // when
      for (int i = 0; i < records.size(); i++) {
        next.put(records.subList(0, i + 1));
        old.put(records.subList(i, Math.min(i + 3, records.size())));
      }
    }

    // then
    assertThat(stream()).containsExactlyElementsOf(numbers(0, 40));
  }

  @Test
  void shouldSplitALargeBatchIntoTransactionsInOrder() {
    // given
    Map<String, String> settings = SinkHarness.settings(REDIS.uri(), STREAM);
    settings.put(MappingConfig.MAPPING, streamMapping());
    settings.put(RedisSinkConfig.TRANSACTION_RECORDS, "7");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      // when
      sink.put(numbered(0, 100));

      // then
      assertThat(stream()).containsExactlyElementsOf(numbers(0, 100));
    }
  }

  @Test
  void shouldReportBadRecordsAndGoOnWithTheGoodOnes() {
    try (SinkHarness sink = start(STREAM)) {
      // given
      SinkRecord[] batch = {
        Records.of(0, Map.of("n", 0)),
        Records.of(1, Map.of("m", 1)),
        Records.of(2, "no object"),
        Records.of("other", 0, 0, "k", Map.of("n", 3)),
        Records.of(3, Map.of("n", 4)),
      };

      // when
      sink.put(batch);
      sink.put(batch);

      // then
      assertThat(stream()).containsExactly(0L, 4L);
      assertThat(sink.reported())
          .containsExactly(
              "t-0 offset 1: for key \"last\": missing field 'n' in value.n",
              "t-0 offset 2: for key \"last\": a String has no field 'n' in value.n",
              "other-0 offset 0: topic other has no mapping");
    }
  }

  @Test
  void shouldReportWhatRedisRefusesAndKeepTheRest() {
    try (SinkHarness sink = start(STREAM)) {
      // given
      REDIS.commands().set("p:s", "not a stream");

      // when
      sink.put(Records.of(0, Map.of("n", 0)));

      // then
      assertThat(REDIS.commands().get("p:last")).isEqualTo("0");
      assertThat(sink.reported())
          .containsExactly(
              "t-0 offset 0: XADD p:s refused: WRONGTYPE Operation against a key holding the wrong"
                  + " kind of value");
    }
  }

  @Test
  void shouldEndTheTaskOnABadRecordWhereErrorsAreNotTolerated() {
    Map<String, String> settings = settings(STREAM);
    try (SinkHarness sink = SinkHarness.startIntolerant(settings)) {
      assertThatThrownBy(() -> sink.put(Records.of(0, Map.of("m", 1))))
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessage("t-0 offset 0: for key \"last\": missing field 'n' in value.n");
      assertThat(REDIS.commands().exists(FENCE)).isZero();
    }
  }

  @Test
  void shouldTryAgainWhileRedisIsFullAndLoseNothing() {
    try (SinkHarness sink = start(STREAM)) {
      // given
      List<SinkRecord> batch = numbered(0, 10);
      REDIS.commands().configSet("maxmemory", "1");

      // when
      assertThatThrownBy(() -> sink.put(batch))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("OOM command not allowed");
      REDIS.commands().configSet("maxmemory", "0");
      sink.put(batch);

      // then
      assertThat(stream()).containsExactlyElementsOf(numbers(0, 10));
      assertThat(sink.timeoutMs()).isEqualTo(1);
    }
  }

  @Test
  void shouldWriteAPermitOnlyWhileItIsAliveOnTheWall() {
    // given
    String permit =
        """
        {"command": "SET", "key": "permit:${value.id}", "constant": "1",
         "ttl": {"at": "value.expires"}}
        """;
    Clock clock = Clock.fixed(Instant.ofEpochMilli(TIME_MS + 30_000), ZoneOffset.UTC);
    try (SinkHarness sink = SinkHarness.start(settings(permit), clock)) {
      // when
      sink.put(
          Records.of(0, Map.of("id", "alive", "expires", TIME_MS + 60_000)),
          Records.of(1, Map.of("id", "lapsed", "expires", TIME_MS + 30_000)));

      // then
      assertThat(REDIS.commands().ttl("p:permit:alive")).isBetween(28L, 30L);
      assertThat(REDIS.commands().exists("p:permit:lapsed")).isZero();
      assertThat(REDIS.commands().get(FENCE)).isEqualTo("2");
    }
  }

  @Test
  void shouldLeaveThePermitsOfAReplayForTheirLifetime() {
    // given: the record is years old
    String permit =
        """
        {"command": "SET", "key": "permit:${value.id}", "constant": "1",
         "ttl": {"at": "value.expires"}}
        """;
    Map<String, String> settings = settings(permit);
    settings.put(RedisSinkConfig.EXPIRY_REFERENCE, "record");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      // when
      sink.put(Records.of(0, Map.of("id", "old", "expires", TIME_MS + 60_000)));

      // then
      assertThat(REDIS.commands().ttl("p:permit:old")).isBetween(58L, 60L);
    }
  }

  @Test
  void shouldEndTheTaskWithAClearMessageWhenItIsNotLetIn() {
    // given
    REDIS.commands().configSet("requirepass", "secret-word");
    try (SinkHarness wrong = SinkHarness.start(withPassword("wrong-word"));
        SinkHarness right = SinkHarness.start(withPassword("secret-word"))) {
      // then
      assertThatThrownBy(() -> wrong.put(Records.of(0, Map.of("n", 1))))
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContaining("wrong-word");
      right.put(Records.of(0, Map.of("n", 1)));
      assertThat(stream()).containsExactly(1L);
    } finally {
      REDIS.commands().configSet("requirepass", "");
    }
  }

  @Test
  void shouldLetAnAclUserIn() {
    // given
    REDIS
        .commands()
        .dispatch(
            io.lettuce.core.protocol.CommandType.ACL,
            new io.lettuce.core.output.StatusOutput<>(io.lettuce.core.codec.StringCodec.UTF8),
            new io.lettuce.core.protocol.CommandArgs<>(io.lettuce.core.codec.StringCodec.UTF8)
                .add("SETUSER")
                .add("sink")
                .add("on")
                .add(">sink-word")
                .add("~p:*")
                .add("+@all"));
    Map<String, String> settings = withPassword("sink-word");
    settings.put(RedisConnectionConfig.USERNAME, "sink");
    try (SinkHarness sink = SinkHarness.start(settings)) {
      // when
      sink.put(Records.of(0, Map.of("n", 1)));

      // then
      assertThat(stream()).containsExactly(1L);
    }
  }

  @Test
  void shouldNotMindWhatBecomesOfAPartitionItHasGivenAway() {
    try (SinkHarness sink = start(STREAM);
        SinkHarness other = start(STREAM)) {
      // given
      sink.put(
          Records.of("t", 0, 0, "k", Map.of("n", 0)), Records.of("t", 1, 0, "k", Map.of("n", 1)));
      sink.task().close(List.of(new TopicPartition("t", 1)));

      // when: the other task moves its fence between all that this one writes
      for (int i = 1; i <= 5; i++) {
        other.put(Records.of("t", 1, i, "k", Map.of("n", 10 + i)));
        sink.put(Records.of("t", 0, i, "k", Map.of("n", i + 1)));
      }

      // then
      assertThat(stream()).containsExactly(0L, 1L, 11L, 2L, 12L, 3L, 13L, 4L, 14L, 5L, 15L, 6L);
    }
  }

  @Test
  void shouldForgetClosedPartitionsAndStopTwice() {
    SinkHarness sink = start(STREAM);
    sink.put(Records.of(0, Map.of("m", 0)));
    sink.task().close(List.of(new TopicPartition("t", 0)));
    sink.close();

    sink.close();

    assertThat(sink.reported()).hasSize(1);
  }

  private static SinkHarness start(String commands) {
    return SinkHarness.start(settings(commands));
  }

  private static Map<String, String> settings(String commands) {
    Map<String, String> settings = SinkHarness.settings(REDIS.uri(), commands);
    if (!commands.equals(HASH)) {
      settings.compute(
          MappingConfig.MAPPING,
          (name, json) ->
              json.replace("{\"commands\"", "{\"tombstone\": \"ignore\", \"commands\""));
    }
    return settings;
  }

  private static Map<String, String> withPassword(String password) {
    Map<String, String> settings = settings(STREAM);
    settings.put(RedisConnectionConfig.PASSWORD, password);
    return settings;
  }

  private static String streamMapping() {
    return settings(STREAM).get(MappingConfig.MAPPING);
  }

  static List<SinkRecord> numbered(int from, int to) {
    List<SinkRecord> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      records.add(Records.of(i, Map.of("n", i)));
    }
    return records;
  }

  private static List<Long> numbers(long from, long to) {
    return java.util.stream.LongStream.range(from, to).boxed().toList();
  }

  private static List<Long> stream() {
    List<Long> numbers = new ArrayList<>();
    for (StreamMessage<String, String> entry : REDIS.commands().xrange("p:s", Range.unbounded())) {
      numbers.add(Long.valueOf(entry.getBody().get("n")));
    }
    return numbers;
  }
}
