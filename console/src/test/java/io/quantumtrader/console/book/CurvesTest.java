package io.quantumtrader.console.book;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.ETH;
import static io.quantumtrader.console.testing.Records.MINUTE;
import static io.quantumtrader.console.testing.Records.NOW;
import static io.quantumtrader.console.testing.Records.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.book.Candles.Bar;
import io.quantumtrader.console.book.EquityHistory.Point;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CurvesTest {

  private static final String A = "alpha";

  private static void put(Candles candles, long minute, String close) {
    candles.take(Records.candle(BTC, NOW + minute * MINUTE, close));
  }

  private static List<Double> closes(Candles candles, int most) {
    return candles.last(BTC, most).stream().map(Bar::close).toList();
  }

  /** A ring grows from 16 places, so that these end before, at and behind a growth. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 15, 16, 17, 32, 33, 39, 40, 41, 100, 237})
  void shouldKeepTheLastCandlesHoweverManyCame(int came) {
    Candles candles = new Candles(40);
    for (int minute = 1; minute <= came; minute++) {
      put(candles, minute, Integer.toString(minute));
    }

    long first = Math.max(1, came - 39);
    assertThat(closes(candles, 1_000))
        .isEqualTo(LongStream.rangeClosed(first, came).mapToObj(each -> (double) each).toList());
    assertThat(closes(candles, 1)).containsExactly((double) came);
  }

  @Test
  void shouldReplaceACandleAndLeaveAnOlderOneOut() {
    // given
    Candles candles = new Candles(3);
    put(candles, 1, "11");
    put(candles, 2, "12");

    // when
    put(candles, 2, "12.5");
    put(candles, 1, "99");

    // then
    assertThat(closes(candles, 3)).containsExactly(11.0, 12.5);
    assertThat(candles.last(ETH, 3)).isEmpty();
  }

  @Test
  void shouldTellACandleAsItWas() {
    Candles candles = new Candles(3);
    candles.take(Records.candle(BTC, NOW, "100"));

    Bar bar = candles.last(BTC, 1).getFirst();
    assertThat(bar.closeTimeMs()).isEqualTo(NOW);
    assertThat(bar.high()).isEqualTo(101);
    assertThat(bar.low()).isEqualTo(98);
    assertThat(bar.volume()).isEqualTo(10);
  }

  private static void take(EquityHistory history, long atMs, String equity) {
    history.take(Records.portfolio(A, atMs).setEquity(number(equity)).build());
  }

  @Test
  void shouldThinTheOlderHalfAndKeepTheFirstAndTheLast() {
    // given
    EquityHistory history = new EquityHistory(8);

    // when
    for (int at = 1; at <= 9; at++) {
      take(history, at, "100");
    }

    // then
    assertThat(history.of(A)).extracting(Point::atMs).containsExactly(1L, 3L, 5L, 6L, 7L, 8L, 9L);
    for (int at = 10; at <= 500; at++) {
      take(history, at, "100");
      assertThat(history.of(A)).hasSizeBetween(4, 8).isSortedAccordingTo(byTime());
      assertThat(history.of(A).getFirst().atMs()).isEqualTo(1);
      assertThat(history.of(A).getLast().atMs()).isEqualTo(at);
    }
  }

  private static java.util.Comparator<Point> byTime() {
    return java.util.Comparator.comparingLong(Point::atMs);
  }

  @Test
  void shouldTakeTheLastStateOfAStepAndNoneWithoutEquity() {
    EquityHistory history = new EquityHistory(8);
    take(history, 1, "100");
    take(history, 1, "101");
    history.take(Records.portfolio(A, 2).setEquity(null).build());

    assertThat(history.of(A)).singleElement().extracting(Point::equity).isEqualTo(101.0);
    assertThat(history.of("beta")).isEmpty();
  }

  @Test
  void shouldRateWhatCameInTheLastTenSecondsWithoutThisOne() {
    // given: 20 a second over five seconds
    Traffic traffic = new Traffic();
    for (int second = 0; second < 5; second++) {
      for (int each = 0; each < 20; each++) {
        traffic.take(Topic.CANDLE, NOW + second * 1_000L);
      }
    }

    // then
    assertThat(traffic.perSecond(Topic.CANDLE, NOW + 4_000)).isEqualTo(8);
    assertThat(traffic.perSecond(Topic.CANDLE, NOW + 5_000)).isEqualTo(10);
    assertThat(traffic.perSecond(Topic.CANDLE, NOW + 12_000)).isEqualTo(6);
    assertThat(traffic.perSecond(Topic.CANDLE, NOW + 60_000)).isZero();
    assertThat(traffic.all(Topic.CANDLE)).isEqualTo(100);
    assertThat(traffic.perSecond(Topic.MARK, NOW)).isZero();
    assertThat(traffic.all(Topic.MARK)).isZero();
  }
}
