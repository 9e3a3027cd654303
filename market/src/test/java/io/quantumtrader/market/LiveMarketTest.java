package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class LiveMarketTest {

  private static final long START = 1_700_000_000_000L;

  private final Written written = new Written();

  @Test
  void shouldBeginWithTheClockAndHistoryThatEndsNow() throws Exception {
    play(new LiveMarketSettings(1_000, 60_000, 300), START + 1_000, List.of());

    List<String> btc = logOf("candle BTCUSDT");
    assertThat(written.log().get(0)).isEqualTo("clock 0/0 p0 %d @%d".formatted(START, START));
    assertThat(btc).hasSize(300);
    assertThat(btc.get(0)).isEqualTo(candle(START - 299_000));
    assertThat(btc.get(299)).isEqualTo(candle(START));
  }

  @Test
  void shouldGoOnWithTheClockBeforeTheCandlesOfTheSameTime() throws Exception {
    play(new LiveMarketSettings(1_000, 60_000, 0), START + 3_000, List.of());

    assertThat(logOf("clock", "candle BTCUSDT"))
        .containsExactly(
            clock(START),
            clock(START + 1_000),
            candle(START + 1_000),
            clock(START + 2_000),
            candle(START + 2_000));
  }

  @Test
  void shouldSendEveryCandleAsAMarkBeforeTheCandlesOfTheSameMoment() throws Exception {
    play(new LiveMarketSettings(1_000, 60_000, 2), START + 2_000, List.of());

    List<String> market = logOf("mark", "candle");
    int symbols = market.size() / 6; // 2 of history and 1 live, each twice
    assertThat(symbols).isGreaterThan(1);
    for (int moment = 0; moment < 3; moment++) {
      List<String> marks = market.subList(2 * moment * symbols, (2 * moment + 1) * symbols);
      List<String> candles = market.subList((2 * moment + 1) * symbols, (2 * moment + 2) * symbols);
      assertThat(marks).allMatch(each -> each.startsWith("mark "));
      assertThat(candles)
          .isEqualTo(marks.stream().map(each -> each.replace("mark ", "candle ")).toList());
    }
  }

  @Test
  void shouldKeepTheClockGoingBetweenSlowCandles() throws Exception {
    play(new LiveMarketSettings(2_500, 60_000, 0), START + 5_500, List.of());

    assertThat(logOf("clock", "candle BTCUSDT"))
        .containsExactly(
            clock(START),
            clock(START + 1_000),
            clock(START + 2_000),
            clock(START + 2_500),
            candle(START + 2_500),
            clock(START + 3_000),
            clock(START + 4_000),
            clock(START + 5_000),
            candle(START + 5_000));
  }

  @Test
  void shouldLeaveOutWhatWasMissedWhileTheMachineSlept() throws Exception {
    FakeWallTime wallTime = new FakeWallTime(START, START + 64_000);
    List<FeedProgress> heard = new ArrayList<>();

    play(
        new LiveMarketSettings(1_000, 60_000, 0),
        wallTime,
        List.of(),
        progress -> {
          heard.add(progress);
          if (heard.size() == 2) {
            wallTime.jump(60_000);
          }
        });

    assertThat(logOf("candle BTCUSDT"))
        .containsExactly(
            candle(START + 1_000),
            candle(START + 61_000),
            candle(START + 62_000),
            candle(START + 63_000));
  }

  @Test
  void shouldSendIntentsWhenTheirTimeHasCome() throws Exception {
    play(
        new LiveMarketSettings(1_000, 60_000, 0),
        START + 4_000,
        List.of(
            intent("later", START + 1_500), intent("past", 5), intent("never", START + 60_000)));

    assertThat(logOf("intent"))
        .containsExactly("intent main past @" + START, "intent main later @" + (START + 2_000));
  }

  @Test
  void shouldReportThatItWasStoppedAndHasNoEnd() throws Exception {
    FeedReport report = play(new LiveMarketSettings(1_000, 60_000, 0), START + 3_000, List.of());

    assertThat(report.complete()).isFalse();
    assertThat(report.progress().steps()).isEqualTo(3);
    assertThat(report.progress().share()).isNegative();
  }

  @Test
  void shouldCloseWithoutHavingBeenStarted() throws Exception {
    Feed feed = new Feed(run -> true, written.output(1), progress -> {});

    feed.close();

    assertThat(feed.finished().get(1, TimeUnit.SECONDS).complete()).isFalse();
    assertThat(written.producer.closed()).isTrue();
  }

  private FeedReport play(LiveMarketSettings settings, long stopAtMs, List<TimedIntent> intents)
      throws Exception {
    return play(settings, new FakeWallTime(START, stopAtMs), intents, progress -> {});
  }

  private FeedReport play(
      LiveMarketSettings settings,
      WallTime wallTime,
      List<TimedIntent> intents,
      Consumer<FeedProgress> listener)
      throws Exception {
    LiveMarket market =
        new LiveMarket(
            new GeneratedMarket(GeneratedMarketSettings.withSeed(1)),
            new IntentQueue(intents, List.of()),
            settings,
            wallTime);
    try (Feed feed = new Feed(market, written.output(1), listener)) {
      feed.start();
      return feed.finished().get(30, TimeUnit.SECONDS);
    }
  }

  private List<String> logOf(String... beginnings) {
    return written.log().stream()
        .filter(each -> List.of(beginnings).stream().anyMatch(each::startsWith))
        .toList();
  }

  private static String clock(long nowMs) {
    return "clock 0/0 p0 %d @%d".formatted(nowMs, nowMs);
  }

  private static String candle(long closeTimeMs) {
    return "candle BTCUSDT %d+60000 @%d".formatted(closeTimeMs - 60_000, closeTimeMs);
  }

  private static TimedIntent intent(String id, long createdAtMs) {
    return new TimedIntent(
        1,
        TradeIntent.newBuilder()
            .setIntentId(id)
            .setSymbol("AUSDT")
            .setAction(IntentAction.CLOSE)
            .setCreatedAtMs(createdAtMs)
            .build());
  }
}
