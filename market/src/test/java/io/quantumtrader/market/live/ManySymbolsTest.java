package io.quantumtrader.market.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Candle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** As many symbols as the exchange lists. */
final class ManySymbolsTest {

  private static final int MANY = 566;

  @Test
  void shouldShareThemOutOverConnectionsAndFeedThemAll() throws Exception {
    // given
    List<String> symbols = symbols(MANY);
    try (LiveExchange live = new LiveExchange(symbols)) {
      live.open(3);

      // then: evenly, each once, none with more than a connection takes
      Set<String> followed = new TreeSet<>();
      for (Set<String> each : live.streams.subscriptions()) {
        assertThat(each).hasSizeBetween(188, 200);
        followed.addAll(each);
      }
      assertThat(followed).hasSize(MANY + 1);

      // when
      for (int minute = 0; minute < 2; minute++) {
        live.goToEndOf(minute);
        for (String symbol : symbols) {
          int unused = live.sayClosed(symbol, minute);
        }
        live.pollUntil(MANY * (minute + 1));
      }

      // then
      assertThat(live.candles).hasSize(2 * MANY);
      assertThat(new HashSet<>(live.candles)).hasSize(2 * MANY);
      assertThat(live.candlesAsked()).isZero();
      for (String symbol : List.of(symbols.getFirst(), symbols.get(300), symbols.getLast())) {
        assertThat(live.minutes(symbol)).containsExactly(0L, 1L);
      }
    }
  }

  @Test
  void shouldStayWithinTheWeightAtTheStartAndWhileStreamsAreDown() throws Exception {
    // given: others have used up a third of the minute
    try (LiveExchange live = new LiveExchange(symbols(MANY))) {
      int unused = live.answers.weigh(800);

      // when: history of all, then the minutes after it, second by second
      live.openFresh(StreamedMarket.none());
      assertThat(live.candles).hasSizeLessThan(25_000);
      live.seconds(29);

      // then: some of it had to wait for the next minute
      assertThat(live.candles).hasSizeBetween(350 * 498, 400 * 498);

      // when, then: nothing is missing or doubled
      live.seconds(121);
      assertThat(live.answers.weights()).allMatch(each -> each <= WeightPace.FOR_CANDLES + 140);
      Map<String, List<Candle>> each =
          live.candles.stream().collect(Collectors.groupingBy(Candle::getSymbol));
      assertThat(each).hasSize(MANY);
      each.forEach(
          (symbol, candles) -> {
            long first = candles.getFirst().getOpenTimeMs();
            assertThat(candles).as(symbol).hasSizeGreaterThanOrEqualTo(498);
            assertThat(candles)
                .extracting(Candle::getOpenTimeMs)
                .isEqualTo(
                    LongStream.iterate(first, open -> open + LiveExchange.MINUTE)
                        .limit(candles.size())
                        .boxed()
                        .toList())
                .endsWith(LiveExchange.UNDER_WAY + LiveExchange.MINUTE);
          });
    }
  }

  @Test
  void shouldTakeInWhatIsListedLaterWithoutAGap() throws Exception {
    // given
    List<String> symbols = symbols(3);
    try (LiveExchange live = new LiveExchange(symbols)) {
      live.open(1);
      live.answers.status("NEWUSDT", "TRADING");

      // when: the rules are read
      live.wall.addAndGet(300_000);
      live.poll();

      // then: another connection, which carries all of them
      LiveExchange.until(
          () ->
              live.streams.paths().size() == 2
                  && live.streams.subscriptions().size() == 1
                  && live.streams.subscriptions().getFirst().size() == 5);
      int before = live.candles.size();
      live.wall.set(LiveExchange.UNDER_WAY + 6 * LiveExchange.MINUTE);
      assertThat(live.sayClosed("NEWUSDT", 5) + live.sayClosed("S000USDT", 5)).isEqualTo(2);
      live.pollUntil(before + 2);
      assertThat(live.minutes("NEWUSDT")).hasSize(499).endsWith(4L, 5L).isSorted();
      assertThat(live.minutes("S000USDT")).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void shouldAskInTurnWhereTimeIsShort() throws Exception {
    // given: a slice takes 8 symbols, and the first ones have a new candle before the last ones had
    // their turn
    List<String> symbols = symbols(120);
    try (LiveExchange live = new LiveExchange(symbols)) {
      live.openFresh(StreamedMarket.none(), () -> live.wall.addAndGet(1_500));

      // when
      for (int i = 0; i < 24 && live.minutes(symbols.getLast()).isEmpty(); i++) {
        live.poll();
      }

      // then
      assertThat(live.minutes(symbols.getLast())).isNotEmpty();
      for (String symbol : symbols) {
        assertThat(live.minutes(symbol)).as(symbol).isSorted().doesNotHaveDuplicates();
      }
    }
  }

  private static List<String> symbols(int count) {
    List<String> symbols = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      symbols.add("S%03dUSDT".formatted(i));
    }
    return symbols;
  }
}
