package io.quantumtrader.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.agents.decision.Stance;
import io.quantumtrader.agents.decision.View;
import io.quantumtrader.market.GeneratedMarket;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AgentBookTest {

  private static final long MINUTE = 60_000;

  private final AgentBook book = new AgentBook(AgentSettings.DEFAULT);

  @Test
  void shouldWriteAnEntryWithWhatItSaw() {
    book.observe(States.trend("BTCUSDT", 5 * MINUTE, 0.9));

    TradeIntent intent = book.decide(6 * MINUTE).get(0);

    assertThat(intent.getIntentId()).isEqualTo("agent-BTCUSDT-300000-OPEN_LONG");
    assertThat(intent.getAccount()).isEqualTo("main");
    assertThat(intent.getAction()).isEqualTo(IntentAction.OPEN_LONG);
    assertThat(intent.getReduceOnly()).isFalse();
    assertThat(intent.getSizing()).isEqualTo(Sizing.MARGIN);
    assertThat(intent.getAmount()).isEqualTo(new BigDecimal("300"));
    assertThat(intent.getLeverage()).isEqualTo(2);
    assertThat(intent.getPrice()).isEqualTo(new BigDecimal("100.5"));
    assertThat(intent.getAtr()).isEqualTo(1.5);
    assertThat(intent.getRegime()).isEqualTo("trend");
    assertThat(intent.getConfidence()).isBetween(0.59, 0.61);
    assertThat(intent.getSource()).isEqualTo("agent");
    assertThat(intent.getCreatedAtMs()).isEqualTo(6 * MINUTE);
    assertThat(intent.getUnreadable()).isEmpty();
  }

  @Test
  void shouldWriteACloseWithoutASize() {
    book.observe(States.trend("BTCUSDT", MINUTE, 0.9));
    book.decide(2 * MINUTE);
    book.observe(States.trend("BTCUSDT", 2 * MINUTE, -0.9));

    TradeIntent intent = book.decide(3 * MINUTE).get(0);

    assertThat(intent.getIntentId()).isEqualTo("agent-BTCUSDT-120000-CLOSE");
    assertThat(intent.getReduceOnly()).isTrue();
    assertThat(intent.getSizing()).isEqualTo(Sizing.NONE);
    assertThat(intent.getAmount()).isNull();
    assertThat(intent.getLeverage()).isNull();
  }

  @Test
  void shouldOpenTheOtherSideOnlyAtALaterState() {
    book.observe(States.trend("BTCUSDT", MINUTE, 0.9));
    book.decide(2 * MINUTE);
    book.observe(States.trend("BTCUSDT", 2 * MINUTE, -0.9));

    assertThat(actions(book.decide(3 * MINUTE))).containsExactly("BTCUSDT CLOSE");
    assertThat(book.decide(4 * MINUTE)).isEmpty();
    book.observe(States.trend("BTCUSDT", 4 * MINUTE, -0.9));
    assertThat(actions(book.decide(5 * MINUTE))).containsExactly("BTCUSDT OPEN_SHORT");
  }

  @Test
  void shouldSendTheMostConfidentFirstAndThenBySymbol() {
    book.observe(States.trend("CUSDT", MINUTE, 0.7));
    book.observe(States.trend("BUSDT", MINUTE, -0.7));
    book.observe(States.trend("AUSDT", MINUTE, 0.65));
    book.observe(States.trend("DUSDT", MINUTE, 2));

    assertThat(actions(book.decide(2 * MINUTE)))
        .containsExactly(
            "DUSDT OPEN_LONG", "BUSDT OPEN_SHORT", "CUSDT OPEN_LONG", "AUSDT OPEN_LONG");
  }

  @Test
  void shouldDecideOncePerStepOfTheClockHoweverManyPartitionsSayIt() {
    book.observe(States.trend("AUSDT", MINUTE, 0.7));

    assertThat(book.decide(2 * MINUTE)).hasSize(1);
    book.observe(States.trend("BUSDT", MINUTE, 0.7));
    assertThat(book.decide(2 * MINUTE)).isEmpty();
    assertThat(book.decide(MINUTE)).isEmpty();
    assertThat(book.decide(3 * MINUTE)).hasSize(1);
  }

  @Test
  void shouldDecideOnTheNewestStateAndOnceOnEach() {
    book.observe(States.trend("AUSDT", 2 * MINUTE, 0));
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    assertThat(book.decide(3 * MINUTE)).isEmpty();

    book.observe(States.trend("AUSDT", 2 * MINUTE, 0.7));
    assertThat(book.decide(4 * MINUTE)).isEmpty();
  }

  @Test
  void shouldAskOnceMoreWhenTheSymbolOfAViewIsListed() {
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    book.decide(2 * MINUTE);
    book.observe(list(2 * MINUTE, "AUSDT"));
    book.observe(States.trend("AUSDT", 2 * MINUTE, 0.7));

    assertThat(actions(book.decide(3 * MINUTE))).containsExactly("AUSDT OPEN_LONG");
    book.observe(list(3 * MINUTE, "AUSDT"));
    book.observe(States.trend("AUSDT", 3 * MINUTE, 0.7));
    assertThat(book.decide(4 * MINUTE)).isEmpty();
  }

  @Test
  void shouldNotAskAgainForWhatWasListedWhenItWasAskedFor() {
    book.observe(list(MINUTE, "AUSDT"));
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    book.decide(2 * MINUTE);
    book.observe(list(2 * MINUTE, "BUSDT"));
    book.observe(list(3 * MINUTE, "AUSDT"));
    book.observe(States.trend("AUSDT", 3 * MINUTE, 0.7));

    assertThat(book.decide(4 * MINUTE)).isEmpty();
  }

  @Test
  void shouldWaitForAClearTrendWhereTheListComesWhileItIsWeak() {
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    book.decide(2 * MINUTE);
    book.observe(list(2 * MINUTE, "AUSDT"));
    book.observe(States.trend("AUSDT", 2 * MINUTE, 0.5));

    assertThat(book.decide(3 * MINUTE)).isEmpty();
    book.observe(States.trend("AUSDT", 3 * MINUTE, 0.7));
    assertThat(actions(book.decide(4 * MINUTE))).containsExactly("AUSDT OPEN_LONG");
  }

  /** Whether the list of a step is seen at that step is chance; it must not matter. */
  @Test
  void shouldDecideTheSameWhetherItSeesAListAtItsOwnStepOrAfterIt() {
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    book.decide(2 * MINUTE);
    book.observe(list(2 * MINUTE, "AUSDT"));
    book.observe(list(3 * MINUTE, "BUSDT"));
    book.observe(States.trend("AUSDT", 2 * MINUTE, 0.7));

    assertThat(actions(book.decide(3 * MINUTE))).containsExactly("AUSDT OPEN_LONG");
  }

  @Test
  void shouldAskOnceMoreAfterARestartForWhatIsListedNow() {
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    List<TradeIntent> sent = book.decide(2 * MINUTE);
    AgentBook next = new AgentBook(AgentSettings.DEFAULT);

    next.observe(list(2 * MINUTE, "AUSDT"));
    sent.forEach(next::restore);
    next.observe(States.trend("AUSDT", 3 * MINUTE, 0.7));

    assertThat(actions(next.decide(4 * MINUTE))).containsExactly("AUSDT OPEN_LONG");
  }

  @Test
  void shouldNotTakeTheListOfWhatTradesForWhatMayBeOpened() {
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    book.decide(2 * MINUTE);
    book.observe(Universe.newBuilder(list(2 * MINUTE, "AUSDT")).setName("active").build());
    book.observe(States.trend("AUSDT", 2 * MINUTE, 0.7));

    assertThat(book.decide(3 * MINUTE)).isEmpty();
  }

  @Test
  void shouldCloseWhatItHasNotSeenForFiveIntervals() {
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    book.observe(States.trend("BUSDT", MINUTE, 0));
    book.decide(2 * MINUTE);

    assertThat(book.decide(7 * MINUTE)).isEmpty();
    assertThat(actions(book.decide(7 * MINUTE + 1))).containsExactly("AUSDT CLOSE");
    assertThat(book.decide(8 * MINUTE)).isEmpty();
  }

  @Test
  void shouldRememberItsViewsFromItsIntents() {
    List<TradeIntent> sent = new ArrayList<>();
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    book.observe(States.trend("BUSDT", MINUTE, -1.5));
    book.observe(States.of("CUSDT", MINUTE, 0, 0.001).build());
    book.observe(States.trend("DUSDT", MINUTE, 0.7));
    sent.addAll(book.decide(2 * MINUTE));
    book.observe(States.trend("DUSDT", 2 * MINUTE, -0.7));
    sent.addAll(book.decide(3 * MINUTE));

    AgentBook next = new AgentBook(AgentSettings.DEFAULT);
    sent.forEach(next::restore);

    assertThat(next.viewOf("AUSDT")).isEqualTo(new View(Stance.LONG, false));
    assertThat(next.viewOf("BUSDT")).isEqualTo(new View(Stance.SHORT, true));
    assertThat(next.viewOf("CUSDT")).isEqualTo(View.ASIDE);
    assertThat(next.viewOf("DUSDT")).isEqualTo(View.NONE);
  }

  @Test
  void shouldNotSendAgainWhatItSentBeforeARestart() {
    MarketState first = States.trend("AUSDT", MINUTE, 0.7);
    MarketState turned = States.trend("AUSDT", 2 * MINUTE, -0.7);
    List<TradeIntent> sent = new ArrayList<>();
    book.observe(first);
    sent.addAll(book.decide(2 * MINUTE));
    book.observe(turned);
    sent.addAll(book.decide(3 * MINUTE));

    AgentBook next = new AgentBook(AgentSettings.DEFAULT);
    sent.forEach(next::restore);
    next.observe(first);
    assertThat(next.decide(2 * MINUTE)).isEmpty();
    next.observe(turned);

    // Not even the other side, which has to wait for a later state.
    assertThat(next.decide(3 * MINUTE)).isEmpty();
  }

  @Test
  void shouldCloseAfterARestartWhatNeverComesBack() {
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    List<TradeIntent> sent = book.decide(2 * MINUTE);
    AgentBook next = new AgentBook(AgentSettings.DEFAULT);
    sent.forEach(next::restore);

    for (int minute = 60; minute <= 65; minute++) {
      next.observe(States.trend("BUSDT", minute * MINUTE, 0));
      assertThat(next.decide(minute * MINUTE)).isEmpty();
    }

    assertThat(actions(next.decide(66 * MINUTE))).containsExactly("AUSDT CLOSE");
  }

  @Test
  void shouldNotTakeTheIntentsOfOthersForItsOwn() {
    book.observe(States.trend("AUSDT", MINUTE, 0.7));
    TradeIntent own = book.decide(2 * MINUTE).get(0);
    AgentBook next = new AgentBook(AgentSettings.DEFAULT);

    next.restore(TradeIntent.newBuilder(own).setSource("someone").build());
    next.restore(TradeIntent.newBuilder(own).setAccount("other").build());

    assertThat(next.viewOf("AUSDT")).isEqualTo(View.NONE);
  }

  /** A market that is warm from the start gives it something to do at its first step. */
  @Test
  void shouldFindEntriesInTheGeneratedMarketAtOnce() {
    GeneratedMarket market =
        new GeneratedMarket(GeneratedMarketSettings.withSeed(GeneratedMarketSettings.DEFAULT_SEED));
    Map<String, List<Double>> closes = new TreeMap<>();
    for (int candle = 1; candle <= 300; candle++) {
      for (Candle drawn : market.next(candle * 1_000L, MINUTE).candles()) {
        closes
            .computeIfAbsent(drawn.getSymbol(), any -> new ArrayList<>())
            .add(drawn.getClose().doubleValue());
      }
    }

    closes.forEach((symbol, prices) -> book.observe(state(symbol, prices)));

    assertThat(book.decide(301_000)).hasSizeGreaterThanOrEqualTo(5);
  }

  /** Between every two steps another one takes over, and decides what the one would have. */
  @Test
  void shouldDecideTheSameFromItsMemory() {
    AgentBook changing = new AgentBook(AgentSettings.DEFAULT);
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int minute = 1; minute < 30; minute++) {
      for (AgentBook each : List.of(book, changing)) {
        if (minute != 8 && minute < 20) {
          each.observe(States.trend("AUSDT", minute * MINUTE, minute % 7 < 4 ? 0.7 : -0.7));
          each.observe(States.trend("BUSDT", minute * MINUTE, minute % 5 < 3 ? 1.5 : 0.1));
        }
        if (minute % 6 == 2) {
          each.observe(list(minute * MINUTE, minute % 4 == 0 ? "AUSDT" : "BUSDT"));
        }
      }
      AgentBook next = new AgentBook(AgentSettings.DEFAULT);
      next.recall(changing.memory());
      changing = next;
      expected.addAll(actions(book.decide((minute + 1) * MINUTE)));
      found.addAll(actions(changing.decide((minute + 1) * MINUTE)));
    }

    assertThat(found).isEqualTo(expected);
    assertThat(found).hasSizeGreaterThan(5).contains("AUSDT CLOSE");
    assertThat(changing.memory()).isEqualTo(book.memory());
  }

  private static MarketState state(String symbol, List<Double> prices) {
    double[] window = prices.stream().mapToDouble(each -> each).toArray();
    MarketStateKernel.State computed =
        MarketStateKernel.compute(window, new KernelScratch()).orElseThrow();
    return States.of(symbol, 300_000, 0, 0)
        .setSigma(computed.sigma())
        .setMu(computed.mu())
        .setTs(computed.ts())
        .build();
  }

  private static Universe list(long asOfMs, String... symbols) {
    return Universe.newBuilder()
        .setName("top10")
        .setAsOfMs(asOfMs)
        .setSymbols(List.of(symbols))
        .setCode("UNIVERSE_RANKED")
        .build();
  }

  private static List<String> actions(List<TradeIntent> intents) {
    return intents.stream().map(each -> each.getSymbol() + " " + each.getAction()).toList();
  }
}
