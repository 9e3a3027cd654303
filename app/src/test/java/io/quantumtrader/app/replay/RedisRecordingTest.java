package io.quantumtrader.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.connectors.legacy.LegacyStreams;
import io.quantumtrader.connectors.redis.source.StreamEntry;
import io.quantumtrader.connectors.redis.source.StreamEntry.Field;
import io.quantumtrader.connectors.redis.source.StreamId;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of the old streams as a recording; there is no Connect on this class path. */
final class RedisRecordingTest {

  private static final String INTENTS = "quantum:stream:trade.intent";
  private static final String HARVEST = "quantum:stream:harvest.intent";

  /** 2025-11-19T05:01:00Z, within the example candles. */
  private static final long NOW = 1_763_528_460_000L;

  @TempDir private Path directory;

  private static StreamEntry entry(String stream, long ms, String... namesAndValues) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(
          new Field(namesAndValues[i].getBytes(UTF_8), namesAndValues[i + 1].getBytes(UTF_8)));
    }
    return new StreamEntry(stream, new StreamId(ms, 0), fields);
  }

  private static StreamEntry buy(long ms, String account) {
    return entry(
        INTENTS,
        ms,
        "symbol",
        "BTCUSDT",
        "action",
        "BUY",
        "position_usd",
        "300",
        "leverage",
        "2",
        "account",
        account);
  }

  private static RedisRecording recording(List<RecordedRecord> taken, long fromMs) {
    return new RedisRecording(
        new LegacyStreams("quantum:", List.of()),
        taken::add,
        PartitionCounts.DEFAULT,
        fromMs,
        Long.MAX_VALUE,
        NOW);
  }

  @Test
  void shouldReadEntriesAsTheSourceConnectorDoes() {
    List<RecordedRecord> taken = new ArrayList<>();
    RedisRecording recording = recording(taken, 1);
    recording.accept(buy(1_000, "main"));
    recording.accept(buy(2_000, "alpha"));
    recording.accept(
        entry(HARVEST, 3_000, "symbol", "BTCUSDT", "action", "CLOSE", "reason", "enough"));
    recording.accept(entry(HARVEST, 4_000, "symbol", "BTCUSDT", "action", "HODL"));
    recording.accept(buy(NOW + 5_000, "main"));
    recording.accept(buy(0, "main"));

    TradeIntent first = (TradeIntent) taken.get(0).value().orElseThrow();
    assertThat(first.getIntentId()).isEqualTo("1000-0");
    assertThat(first.getAmount()).isEqualByComparingTo("300");
    assertThat(taken.get(0).timestampMs()).isEqualTo(1_000);
    assertThat(taken.get(0).key()).contains("main");
    RecordedRecord second = taken.get(1);
    assertThat(second.partition())
        .isEqualTo(Accounts.partitionOf("alpha", PartitionCounts.DEFAULT.account()));
    TradeIntent close = (TradeIntent) taken.get(2).value().orElseThrow();
    assertThat(close.getIntentId()).isEqualTo("harvest-3000-0");
    assertThat(close.getAction()).isEqualTo(IntentAction.CLOSE);
    RecordedRecord letter = taken.get(3);
    assertThat(letter.topic()).isEqualTo(Topic.DEAD_LETTER);
    assertThat(new String(letter.bytes().orElseThrow(), UTF_8)).contains("\"action\":\"HODL\"");
    assertThat(letter.headers().getFirst().name()).isEqualTo("redis.reason");
    assertThat(new String(letter.headers().getFirst().value(), UTF_8)).isEqualTo("ACTION_UNKNOWN");
    assertThat(taken.get(4).timestampMs()).as("no later than now").isEqualTo(NOW);
    assertThat(taken).hasSize(5);

    assertThat(recording.byStream().get(INTENTS).intents()).isEqualTo(3);
    assertThat(recording.byStream().get(INTENTS).outside()).isEqualTo(1);
    assertThat(recording.byStream().get(INTENTS).entries()).isEqualTo(4);
    assertThat(recording.byStream().get(HARVEST).unreadable()).isEqualTo(1);
    assertThat(recording.unreadable().get("ACTION_UNKNOWN").examples())
        .containsExactly("4000-0 of " + HARVEST + ": HODL closes nothing");
  }

  /** Each partition has offsets of its own, without a gap, so that a recording holds together. */
  @Test
  void shouldBeARecordingWhoseIntentsAReplayTakes() throws Exception {
    Path old = directory.resolve("old");
    try (RecordingFiles files =
        new RecordingFiles(
            old, Set.of(RecordingFiles.Form.AVRO), PartitionCounts.DEFAULT, "test")) {
      RedisRecording recording =
          new RedisRecording(
              new LegacyStreams("quantum:", List.of()),
              files,
              PartitionCounts.DEFAULT,
              Long.MIN_VALUE,
              Long.MAX_VALUE,
              NOW);
      recording.accept(buy(NOW - 2, "main"));
      recording.accept(entry(INTENTS, NOW - 1, "symbol", "BTCUSDT", "account", "NO NAME"));
      recording.accept(buy(NOW, "main"));
      files.finish();
    }

    Recording opened = Recording.open(old);
    assertThat(opened.read(Topic.TRADE_INTENT))
        .extracting(RecordedRecord::offset)
        .containsExactly(0L, 1L);
    assertThat(opened.read(Topic.DEAD_LETTER)).hasSize(1);
    CommandRun run =
        CommandRun.of(
            "replay", "--candles", "../examples/candles", "--agent", "none", "--intents", old);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("intents +2\\b");
    CommandRun alone = CommandRun.of("replay", old);
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("replay --candles FILE --intents " + old).hasLineCount(1);
  }

  @Test
  void shouldReadSignalsOnlyWhereTheyAreAskedFor() {
    assertThat(new LegacyStreams("q:", List.of()).keys())
        .containsExactly(
            "q:stream:trade.intent", "q:stream:apply.plan.manual", "q:stream:harvest.intent");
    assertThat(new LegacyStreams("q:", List.of("stream:live_signals")).keys())
        .contains("q:stream:live_signals")
        .doesNotContain("q:stream:ai.signal_generated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--from-redis http://x:1;a Redis URI must begin with redis://",
        "--from-redis user:secret@x:1;set QUANTUM_REDIS_PASSWORD",
        "--from-redis redis-cluster://x:1;had no cluster",
        "--from-redis x:1 --bootstrap-servers y:1;leave it out with --from-redis",
        "--prefix q:;needs --from-redis",
        "--as parquet;'--as'",
      })
  void shouldRefuseBeforeAnythingIsWritten(String words, String why) {
    Path out = directory.resolve("out");

    CommandRun run = CommandRun.of((Object[]) ("record --out " + out + " " + words).split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(why).doesNotContain("secret");
    assertThat(out).doesNotExist();
  }

  @Test
  void shouldSayInOneLineThatNoRedisAnswers() {
    CommandRun run =
        CommandRun.of("record", "--out", directory.resolve("out"), "--from-redis", "127.0.0.1:1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Redis at 127.0.0.1:1 cannot be read").hasLineCount(1);
  }
}
