package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisClient;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The old system's Redis becomes a recording whose intents a replay takes. */
@Tag("real")
final class RecordRedisTest {

  private static final String PREFIX = "recorded:";

  /** 2025-11-19T05:02:00Z, within the example candles. */
  private static final long AT = 1_763_528_520_000L;

  @TempDir private Path directory;

  private static String redis() {
    return SharedStack.get().redisUri();
  }

  private CommandRun record(String name, String prefix, Object... more) {
    Object[] words = new Object[more.length + 7];
    Object[] first = {
      "record", "--out", directory.resolve(name), "--from-redis", redis(), "--prefix", prefix
    };
    System.arraycopy(first, 0, words, 0, first.length);
    System.arraycopy(more, 0, words, first.length, more.length);
    return CommandRun.of(words);
  }

  private static void add(
      RedisCommands<String, String> redis, String stream, long ms, Map<String, String> fields) {
    String unused = redis.xadd(PREFIX + "stream:" + stream, new XAddArgs().id(ms + "-0"), fields);
  }

  @Test
  void shouldKeepEveryEntryAndSayWhatBecameOfIt() throws Exception {
    CommandRun nothing = record("nothing", "nowhere:");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("has no entry in nowhere:stream:trade.intent");
    assertThat(directory.resolve("nothing")).doesNotExist();
    oldStreams();

    CommandRun run = record("old", PREFIX, "--json", "--as", "avro,jsonl");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode said = new ObjectMapper().readTree(run.out());
    JsonNode intents = said.at("/redis/streams").get(PREFIX + "stream:trade.intent");
    assertThat(intents.get("entries").asLong()).isEqualTo(3);
    assertThat(intents.get("intents").asLong()).isEqualTo(2);
    assertThat(intents.get("unreadable").asLong()).isEqualTo(1);
    assertThat(said.at("/redis/unreadable/ACCOUNT_INVALID/entries").asLong()).isEqualTo(1);
    assertThat(said.at("/redis/unreadable/ACTION_UNKNOWN/entries").asLong()).isEqualTo(1);
    assertThat(said.at("/redis/notRead").get(PREFIX + "stream:apply.result").asLong()).isEqualTo(1);
    Recording recording = Recording.open(directory.resolve("old"));
    assertThat(recording.read(Topic.TRADE_INTENT))
        .extracting(each -> ((TradeIntent) each.value().orElseThrow()).getIntentId())
        .containsExactlyInAnyOrder(AT + "-0", (AT + 60_000) + "-0");
    assertThat(recording.read(Topic.DEAD_LETTER))
        .extracting(RecordedRecord::timestampMs)
        .containsExactly(AT + 1, AT + 2);
    assertThat(directory.resolve("old/quantum.trade.intent/2025-11-19.jsonl")).exists();

    CommandRun signals = record("signals", PREFIX, "--signals", "ai", "--from", "1763528580000");
    assertThat(signals.code()).as(signals.err()).isZero();
    assertThat(signals.out())
        .contains("3 entries lie outside of --from and --to")
        .containsPattern("recorded:stream:ai.signal_generated +1 +1 +0")
        .containsPattern("recorded:stream:apply.result +1\n")
        .doesNotContain("unreadable, kept");
    assertThat(signals.out().lines()).allMatch(line -> line.length() <= 80);

    CommandRun replayed =
        CommandRun.of(
            "replay",
            "--candles",
            "../examples/candles",
            "--agent",
            "none",
            "--intents",
            directory.resolve("old"));
    assertThat(replayed.code()).as(replayed.err()).isZero();
    assertThat(replayed.out()).containsPattern("intents +2\\b");
  }

  private static void oldStreams() {
    try (RedisClient client = RedisClient.create(redis());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      Map<String, String> buy =
          Map.of("symbol", "BTCUSDT", "action", "BUY", "position_usd", "300.0", "leverage", "2.0");
      add(redis, "trade.intent", AT, buy);
      add(redis, "trade.intent", AT + 1, Map.of("symbol", "BTCUSDT", "account", "NO NAME"));
      add(redis, "trade.intent", AT + 60_000, buy);
      add(redis, "harvest.intent", AT + 2, Map.of("symbol", "BTCUSDT", "action", "HODL"));
      add(
          redis,
          "ai.signal_generated",
          AT + 60_001,
          Map.of(
              "payload",
              "{\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"confidence\":0.9}",
              "timestamp",
              "2025-11-19T05:03:00Z"));
      add(redis, "apply.result", AT, Map.of("plan_id", "x"));
    }
  }
}
