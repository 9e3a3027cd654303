package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.market.lockstep.Drain;
import io.quantumtrader.market.lockstep.FakeOffsets;
import io.quantumtrader.market.lockstep.Lockstep;
import io.quantumtrader.market.lockstep.LockstepSettings;
import io.quantumtrader.market.lockstep.Pipeline;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.time.Stop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayTest {

  private static final String HEADER = "open_time_ms,symbol,open,high,low,close,volume\n";
  private static final String INTENT =
      "{\"intentId\":\"%s\",\"createdAtMs\":%d,\"symbol\":\"AUSDT\",\"action\":\"CLOSE\"}\n";

  @TempDir Path directory;

  private final Written written = new Written();
  private final FakeWallTime wallTime = new FakeWallTime(1_000_000, Long.MAX_VALUE);
  private final List<FeedProgress> heard = new ArrayList<>();

  @Test
  void shouldGoThroughAStepInOrderAndWaitAfterEachPart() throws Exception {
    String candles = HEADER + "0,BUSDT,1,1,1,1,1\n0,AUSDT,1,1,1,1,1\n60000,AUSDT,1,1,1,1,1\n";
    String intents = INTENT.formatted("late", 90_000) + INTENT.formatted("early", 60_000);

    FeedReport report = play(candles, intents, ReplaySettings.MAX);

    assertThat(written.log())
        .containsExactly(
            "clock 0/0 p0 60000 @60000",
            "clock 1/1 p1 60000 @60000",
            "wait",
            "intent main early @60000",
            "wait",
            "mark AUSDT 0+60000 @60000",
            "mark BUSDT 0+60000 @60000",
            "wait",
            "candle AUSDT 0+60000 @60000",
            "candle BUSDT 0+60000 @60000",
            "wait",
            "clock 0/0 p0 120000 @120000",
            "clock 1/1 p1 120000 @120000",
            "wait",
            "intent main late @120000",
            "wait",
            "mark AUSDT 60000+60000 @120000",
            "wait",
            "candle AUSDT 60000+60000 @120000",
            "wait");
    assertThat(report.complete()).isTrue();
    assertThat(report.progress()).isEqualTo(new FeedProgress(2, 120_000, 4, 3, 2, 0, 1));
    assertThat(heard).extracting(FeedProgress::share).containsExactly(0.0, 1.0);
    assertThat(wallTime.pauses()).isEmpty();
  }

  @Test
  void shouldSendIntentsFromOutsideTheWindowInTheFirstAndTheLastStep() throws Exception {
    String candles = HEADER + "60000,AUSDT,1,1,1,1,1\n120000,AUSDT,1,1,1,1,1\n";
    String intents =
        INTENT.formatted("tomorrow", 99_000_000_000L)
            + INTENT.formatted("before", 1)
            + INTENT.formatted("negative", -1);

    play(candles, intents, ReplaySettings.MAX);

    assertThat(written.log())
        .filteredOn(each -> each.startsWith("intent"))
        .containsExactly(
            "intent main negative @120000",
            "intent main before @120000",
            "intent main tomorrow @180000");
  }

  @Test
  void shouldLetTheClockGoOnThroughAGap() throws Exception {
    play(
        HEADER + "0,AUSDT,1,1,1,1,1\n60000,AUSDT,1,1,1,1,1\n240000,AUSDT,1,1,1,1,1\n",
        "",
        ReplaySettings.MAX);

    assertThat(clocks()).containsExactly(60_000L, 120_000L, 180_000L, 240_000L, 300_000L);
  }

  @Test
  void shouldJumpOverAGapOfMoreThanADay() throws Exception {
    long day = Replay.LONGEST_CLOCKED_GAP * 60_000;
    play(
        HEADER
            + "0,AUSDT,1,1,1,1,1\n60000,AUSDT,1,1,1,1,1\n"
            + (day + 120_000)
            + ",AUSDT,1,1,1,1,1\n",
        "",
        ReplaySettings.MAX);

    assertThat(clocks()).containsExactly(60_000L, 120_000L, day + 180_000);
  }

  @Test
  void shouldPaceStepsByWallTime() throws Exception {
    play(
        HEADER + "0,AUSDT,1,1,1,1,1\n60000,AUSDT,1,1,1,1,1\n120000,AUSDT,1,1,1,1,1\n",
        "",
        new ReplaySettings(60));

    assertThat(wallTime.pauses()).containsExactly(1_000_000L, 1_001_000L, 1_002_000L);
  }

  @Test
  void shouldStopBetweenStepsAndSayThatItIsNotComplete() throws Exception {
    FakeWallTime stopping = new FakeWallTime(0, 60_000);

    FeedReport report =
        play(
            HEADER + "0,AUSDT,1,1,1,1,1\n60000,AUSDT,1,1,1,1,1\n120000,AUSDT,1,1,1,1,1\n",
            "",
            new ReplaySettings(1),
            stopping);

    assertThat(report.complete()).isFalse();
    assertThat(report.progress().steps()).isEqualTo(1);
  }

  @Test
  void shouldEndWhatIsNoIntentAsADeadLetterWithItsReason() throws Exception {
    FeedReport report = play(HEADER + "0,AUSDT,1,1,1,1,1\n", "\n{broken\n", ReplaySettings.MAX);

    assertThat(written.log().get(0)).isEqualTo("dead letter {broken");
    assertThat(report.progress().deadLetters()).isEqualTo(1);
    assertThat(header(DeadLetter.TOPIC)).isEqualTo("quantum.trade.intent");
    assertThat(header(DeadLetter.OFFSET)).isEqualTo("2");
    assertThat(header(DeadLetter.MESSAGE)).startsWith("NOT_JSON");
    assertThat(header(DeadLetter.READER)).isEqualTo("feed");
    assertThat(written.producer.history().get(0).headers()).hasSize(10);
    // The time of the first step, so that two replays of one input leave the same letter.
    assertThat(written.producer.history().get(0).timestamp()).isEqualTo(60_000);
  }

  @Test
  void shouldFailWhereARecordIsNotTaken() {
    written.producer.sendException = new RecordTooLargeException("too large");

    assertThatThrownBy(() -> play(HEADER + "0,AUSDT,1,1,1,1,1\n", "", ReplaySettings.MAX))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("too large");
  }

  /** Steps without a candle are steps, and what has the time of a cut goes before it. */
  @Test
  void shouldWriteTheSameInTwoPartsWhereverTheyMeet() throws Exception {
    CandleFile candles =
        CandleFile.read(
            write("candles.csv", HEADER + "0,AUSDT,1,1,1,1,1\n240000,AUSDT,1,1,1,1,1\n"),
            OptionalLong.of(60_000));
    Path intents =
        write(
            "intents.jsonl",
            "no intent\n"
                + INTENT.formatted("first", 1_000)
                + INTENT.formatted("second", 180_000)
                + INTENT.formatted("last", 900_000));
    List<String> whole = played(candles, intents, Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(whole).hasSize(1 + 5 * 2 + 3 + 2 * 2).contains("clock p1 240000 @240000");

    for (long stepMs = 60_000; stepMs <= 300_000; stepMs += 60_000) {
      List<String> parts = new ArrayList<>(played(candles, intents, Long.MIN_VALUE, stepMs));
      parts.addAll(played(candles, intents, stepMs, Long.MAX_VALUE));
      assertThat(parts).as("cut after " + stepMs).isEqualTo(whole);
    }
    assertThat(played(candles, intents, Long.MIN_VALUE, 179_999))
        .isEqualTo(played(candles, intents, Long.MIN_VALUE, 120_000));
  }

  private static List<String> played(CandleFile candles, Path intents, long afterMs, long untilMs)
      throws Exception {
    Written part = new Written();
    try (FeedOutput output = part.output(2)) {
      Replay replay =
          new Replay(
                  candles,
                  IntentFile.read(intents),
                  ReplaySettings.MAX,
                  (wait, stop) -> true,
                  new FakeWallTime(1_000_000, Long.MAX_VALUE))
              .between(afterMs, untilMs);
      assertThat(Feed.playHere(replay, output, new Stop(), progress -> {}).complete()).isTrue();
    }
    return part.log().stream()
        .map(line -> line.replaceFirst("^(clock) [0-9]/[0-9]", "$1"))
        .toList();
  }

  private FeedReport play(String candles, String intents, ReplaySettings settings)
      throws Exception {
    return play(candles, intents, settings, wallTime);
  }

  private FeedReport play(String candles, String intents, ReplaySettings settings, WallTime pacedBy)
      throws Exception {
    FakeOffsets offsets = new FakeOffsets().end("in", 0, 0).atEveryLook(() -> written.note("wait"));
    Lockstep lockstep =
        new Lockstep(
            new Drain(new Pipeline(Map.of("group", Set.of("in")), Set.of()), offsets, () -> true),
            LockstepSettings.DEFAULT);
    Replay replay =
        new Replay(
            CandleFile.read(write("candles.csv", candles), OptionalLong.of(60_000)),
            IntentFile.read(write("intents.jsonl", intents)),
            settings,
            lockstep,
            pacedBy);
    try (Feed feed = new Feed(replay, written.output(2), heard::add)) {
      feed.start();
      return feed.finished().get(30, TimeUnit.SECONDS);
    }
  }

  private List<Long> clocks() {
    return written.log().stream()
        .filter(each -> each.startsWith("clock 0"))
        .map(each -> Long.parseLong(each.substring(each.indexOf('@') + 1)))
        .toList();
  }

  private String header(String name) {
    Header header = written.producer.history().get(0).headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
