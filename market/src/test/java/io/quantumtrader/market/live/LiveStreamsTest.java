package io.quantumtrader.market.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.MarketStreamFormat;
import io.quantumtrader.binance.testing.LocalEvents;
import io.quantumtrader.schemas.avro.Candle;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A feed of real sockets: whatever the streams do, each candle is there once, in order. */
final class LiveStreamsTest {

  private static final String BTC = "BTCUSDT";
  private static final String NEW = "\u5e01\u5b89\u4eba\u751fUSDT";

  /** What a connection is cut in the middle of. */
  private enum CutAt {
    NOTHING_SAID,
    UNDER_WAY,
    CLOSED,
    MARKS,
    HALF_A_MESSAGE
  }

  private LiveExchange live;

  @BeforeEach
  void start() throws Exception {
    live = new LiveExchange(List.of(BTC, NEW));
  }

  @AfterEach
  void stop() {
    live.close();
  }

  @Test
  void shouldFeedClosedCandlesAndMarksWithoutAsking() throws Exception {
    // given
    live.open(1);

    // when
    for (int minute = 0; minute < 3; minute++) {
      live.sayUnderWay(BTC, minute);
      live.goToEndOf(minute);
      live.sayUnderWay(BTC, minute + 1);
      assertThat(live.sayClosed(BTC, minute)).isEqualTo(1);
      assertThat(live.sayClosed(NEW, minute)).isEqualTo(1);
      live.pollUntil(2 * (minute + 1));
    }

    // then
    assertThat(live.minutes(BTC)).containsExactly(0L, 1L, 2L);
    assertThat(live.minutes(NEW)).containsExactly(0L, 1L, 2L);
    assertThat(live.candlesAsked()).isZero();
  }

  @Test
  void shouldGiveWhatAskingAloneGives() throws Exception {
    // given
    live.open(1);
    for (int minute = 0; minute < 4; minute++) {
      live.goToEndOf(minute);
      if (minute != 1) {
        int unused = live.sayClosed(BTC, minute);
      }
      int unused = live.sayClosed(NEW, minute);
      live.pollUntil(live.candles.size() + 1);
      live.seconds(15);
    }

    // when
    List<Candle> asked;
    try (LiveExchange other = new LiveExchange(List.of(BTC, NEW))) {
      other.openWithoutStreams();
      for (int minute = 0; minute < 4; minute++) {
        other.goToEndOf(minute);
        other.seconds(15);
      }
      asked = other.candles;
    }

    // then: value for value
    Comparator<Candle> bySymbol = Comparator.comparing(Candle::getSymbol);
    assertThat(live.candles.stream().sorted(bySymbol))
        .containsExactlyElementsOf(asked.stream().sorted(bySymbol).toList())
        .hasSize(8);
    assertThat(live.candlesAsked()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(CutAt.class)
  void shouldFillTheGapOnceWhereverItIsCut(CutAt at) throws Exception {
    // given
    live.open(1);
    live.goToEndOf(0);
    int unused = live.sayClosed(BTC, 0);
    live.pollUntil(1);
    int opened = live.streams.paths().size();

    // when
    switch (at) {
      case NOTHING_SAID -> {}
      case UNDER_WAY -> live.sayUnderWay(NEW, 0);
      case CLOSED -> {
        int sent = live.sayClosed(NEW, 0);
        assertThat(sent).isEqualTo(1);
      }
      case MARKS -> live.sayMarks("17");
      case HALF_A_MESSAGE -> live.streams.sayHalf("{\"stream\":\"btcusdt@kli");
    }
    live.streams.cut();
    live.seconds(15);
    live.awaitAgain(1, opened);
    live.goToEndOf(1);
    int again = live.sayClosed(BTC, 1) + live.sayClosed(NEW, 1);

    // then
    assertThat(again).isEqualTo(2);
    live.pollUntil(4);
    live.seconds(15);
    assertThat(live.minutes(BTC)).containsExactly(0L, 1L);
    assertThat(live.minutes(NEW)).containsExactly(0L, 1L);
    assertThat(live.candlesAsked()).isLessThanOrEqualTo(1);
  }

  @Test
  void shouldAskWhileTheStreamsRefuseAndStopAskingAfterwards() throws Exception {
    // given
    live.streams.refuse(true);
    live.open(0);

    // when: three minutes
    for (int minute = 0; minute < 3; minute++) {
      live.goToEndOf(minute);
      live.seconds(3);
    }
    assertThat(live.minutes(BTC)).containsExactly(0L, 1L, 2L);
    long asked = live.candlesAsked();
    live.streams.refuse(false);
    LiveExchange.until(() -> live.streams.subscriptions().size() == 1);
    live.goToEndOf(3);
    int unused = live.sayClosed(BTC, 3) + live.sayClosed(NEW, 3);
    live.pollUntil(8);
    live.seconds(15);

    // then
    assertThat(asked).isEqualTo(6);
    assertThat(live.candlesAsked()).isEqualTo(asked);
    assertThat(live.minutes(NEW)).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void shouldReplaceASilentConnectionWhereAnswersCome() throws Exception {
    // given
    live.open(1);
    int opened = live.streams.paths().size();

    // when: no frame comes, however long
    LiveExchange.until(
        () -> {
          live.elapsed.addAndGet(20_000);
          return live.streams.paths().size() > opened;
        });

    // then: the exchange was asked for its time before
    assertThat(live.answers.asked()).filteredOn("/fapi/v1/time"::equals).hasSizeGreaterThan(1);
  }

  @Test
  void shouldPassOverWhatCannotBeRead() throws Exception {
    // given
    live.open(1);
    live.goToEndOf(0);
    String event = LocalEvents.candle(BTC, LiveExchange.UNDER_WAY, true);

    // when
    live.streams.say("");
    live.streams.say("{");
    live.streams.say("[[[]]]");
    live.streams.say("{\"stream\":\"x\",\"data\":{\"e\":\"aNewEvent\"}}");
    live.streams.say("{\"stream\":\"x\",\"data\":{\"e\":\"kline\",\"k\":7}}");
    live.streams.say(event.replace("\"h\":\"", "\"h\":\"-"));
    live.streams.say(event.replace(BTC, "OTHERUSDT"));
    live.streams.say(LocalEvents.marks(List.of("OTHERUSDT"), "17", live.wall.get()));
    live.streams.say(LocalEvents.candle(BTC, LiveExchange.UNDER_WAY + 900_000, true));
    live.streams.sayInParts(event.substring(0, 40), event.substring(40));

    // then
    live.pollUntil(1);
    assertThat(live.minutes(BTC)).containsExactly(0L);
    assertThat(live.streams.paths()).hasSize(1);
  }

  @Test
  void shouldTakeDoubledAndLateEventsOnce() throws Exception {
    // given
    live.open(1);
    live.goToEndOf(1);

    // when: the second, the first, the second, twice each
    for (int minute : new int[] {1, 1, 0, 0, 1, 1}) {
      int unused = live.sayClosed(BTC, minute);
    }
    live.pollUntil(1);
    live.seconds(15);

    // then
    assertThat(live.minutes(BTC)).containsExactly(0L, 1L);
    assertThat(live.minutes(NEW)).containsExactly(0L, 1L);
  }

  @Test
  void shouldFeedMarksOfTheStreamOnTheTick() throws Exception {
    // given
    live.open(1);

    // when
    for (String price : List.of("17.26", "17.31", "17.44")) {
      int before = live.marks.size();
      live.wall.addAndGet(1_000);
      live.sayMarks(price);
      for (int i = 0; i < 100 && live.marks.size() == before; i++) {
        live.poll();
        Thread.sleep(2);
      }
    }

    // then: each symbol's price where it changed on the tick; the first is over REST
    assertThat(live.marks)
        .filteredOn(each -> each.getSymbol().equals(BTC) && each.getClose().intValue() == 17)
        .extracting(each -> each.getClose().toPlainString())
        .containsExactly("17.3", "17.4");
    assertThat(live.streams.subscriptions().getFirst())
        .contains(MarketStreamFormat.ALL_MARKS, MarketStreamFormat.candles(NEW));
  }
}
