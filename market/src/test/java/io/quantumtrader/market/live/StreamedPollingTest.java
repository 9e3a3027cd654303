package io.quantumtrader.market.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.MarkPrice;
import io.quantumtrader.binance.testing.LocalExchange;
import io.quantumtrader.binance.testing.LocalExchange.Fault;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for beside what comes by itself. Streams and time are the test's. */
final class StreamedPollingTest {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final long MINUTE = 60_000;

  /** Half a minute after a full one. */
  private static final long START = 1_763_546_430_000L;

  private static final long UNDER_WAY = START - START % MINUTE;

  private final AtomicLong wall = new AtomicLong(START);
  private final FakeStreams streams = new FakeStreams();
  private LocalExchange server;
  private BinanceMarketData exchange;
  private ExchangePoller poller;

  @BeforeEach
  void start() throws IOException {
    server = LocalExchange.start(wall::get, List.of(BTC, ETH));
    exchange = new BinanceMarketData(server.url(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    if (poller != null) {
      poller.close();
    }
    exchange.close();
    server.close();
  }

  @Test
  void shouldAskForAlmostNothingWhereEverythingComes() throws Exception {
    // given
    open(SymbolChoice.all());
    int before = server.asked().size();

    // when: four minutes; a candle comes half a second after its close
    List<Candle> candles = new ArrayList<>();
    for (int second = 0; second < 240; second++) {
      wall.addAndGet(1_000);
      sayAsTimeGoesOn();
      candles.addAll(poller.poll().candles());
    }

    // then: 566 symbols would ask for no more
    assertThat(minutes(candles, BTC)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(minutes(candles, ETH)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(server.asked().subList(before, server.asked().size()))
        .containsExactly("/fapi/v1/time", "/fapi/v1/time", "/fapi/v1/time", "/fapi/v1/time");
  }

  @Test
  void shouldHandOnWhatComesWhileTheExchangeDoesNotAnswer() throws Exception {
    // given
    open(SymbolChoice.all());
    server.fail("/", new Fault.Closed());

    // when
    List<Candle> candles = new ArrayList<>();
    for (int second = 0; second < 240; second++) {
      wall.addAndGet(1_000);
      sayAsTimeGoesOn();
      candles.addAll(poller.poll().candles());
    }

    // then
    assertThat(minutes(candles, BTC)).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void shouldAskForWhatDoesNotComeAndNotTakeItTwice() throws Exception {
    // given
    open(SymbolChoice.all());

    // when: the first candle of one symbol does not come, the second one does
    List<Candle> candles = new ArrayList<>(seconds(35));
    streams.say(candle(ETH, 0));
    candles.addAll(seconds(20));
    streams.say(candle(BTC, 0));
    candles.addAll(seconds(10));
    wall.set(UNDER_WAY + 2 * MINUTE);
    streams.say(candle(BTC, 1));
    streams.say(candle(BTC, 1));
    streams.say(candle(BTC, 0));
    candles.addAll(seconds(5));

    // then
    assertThat(minutes(candles, BTC)).containsExactly(0L, 1L);
    assertThat(minutes(candles, ETH)).containsExactly(0L);
    assertThat(server.asked()).filteredOn(each -> each.contains("limit=2")).hasSize(1);
    assertThat(streams.gaps()).as("history is none").containsExactly(BTC);
  }

  @Test
  void shouldNotTakeOneAheadOfOneThatIsMissing() throws Exception {
    // given
    open(SymbolChoice.all());

    // when: the second comes before the first
    wall.set(UNDER_WAY + 2 * MINUTE);
    streams.say(candle(BTC, 1));
    streams.say(candle(BTC, 0));
    List<Candle> candles = new ArrayList<>(seconds(15));

    // then
    assertThat(minutes(candles, BTC)).containsExactly(0L, 1L);
  }

  @Test
  void shouldAskAtOnceWhileTheStreamsAreDown() throws Exception {
    // given
    open(SymbolChoice.all());
    streams.up(false);

    // when, then: two seconds after the close, and marks each five
    List<Candle> candles = seconds(32);
    assertThat(minutes(candles, BTC)).containsExactly(0L);
    assertThat(server.asked()).filteredOn(each -> each.contains("premiumIndex")).hasSize(7);
  }

  @Test
  void shouldAskForMarksWhereThoseOfOneSymbolDoNotCome() throws Exception {
    // given
    open(SymbolChoice.all());
    List<Candle> unused = seconds(1);
    int before = marksAsked();

    // when: both come, then one alone
    for (int second = 0; second < 20; second++) {
      wall.addAndGet(1_000);
      sayMark(BTC);
      sayMark(ETH);
      assertThat(poller.poll().marks()).isNotEmpty();
    }
    assertThat(marksAsked()).isEqualTo(before);
    for (int second = 0; second < 20; second++) {
      wall.addAndGet(1_000);
      sayMark(BTC);
      assertThat(poller.poll().marks()).isNotEmpty();
    }

    // then
    assertThat(marksAsked() - before).isBetween(3, 4);
  }

  @Test
  void shouldFollowWhatIsListedLaterWhereAllAreWanted() throws Exception {
    // given
    open(SymbolChoice.all());
    assertThat(streams.followed()).containsExactly(BTC, ETH);
    server.status("NEWUSDT", "TRADING");
    server.status("LATERUSDT", "PENDING_TRADING");

    // when
    wall.addAndGet(300_000);
    MarketNews news = poller.poll();

    // then: with its history
    assertThat(streams.followed()).containsExactly(BTC, ETH, "NEWUSDT");
    assertThat(news.instruments()).containsOnlyKeys(BTC, ETH, "NEWUSDT");
    assertThat(minutes(news.candles(), "NEWUSDT")).hasSize(498);
  }

  @Test
  void shouldLeaveOutWhatIsNoPerpetualInTheQuoteUnlessItIsNamed() throws Exception {
    // given
    String dated = "BTCUSDT_260327";
    server.status(dated, "TRADING");
    server.type(dated, "CURRENT_QUARTER");

    // when, then
    open(SymbolChoice.all());
    assertThat(poller.poll().instruments()).containsOnlyKeys(BTC, ETH);
    poller.close();
    open(new SymbolChoice(Set.of(dated, ETH)));
    Map<String, Instrument> known = poller.poll().instruments();
    assertThat(known).containsOnlyKeys(dated, ETH);
  }

  @Test
  void shouldCloseTheStreamsWhereItCannotBegin() {
    // given
    server.fail("/fapi/v1/exchangeInfo", new Fault.Body("{}"));

    // when, then
    assertThatThrownBy(() -> open(SymbolChoice.all())).isInstanceOf(MarketUnusableException.class);
    assertThat(streams.isClosed()).isTrue();
  }

  private void open(SymbolChoice choice) throws InterruptedException {
    Map<String, Long> last = Map.of(BTC, UNDER_WAY - MINUTE, ETH, UNDER_WAY - MINUTE);
    poller = ExchangePoller.open(exchange, streams, choice, last, wall::get);
    assertThat(poller.history().candles()).allMatch(each -> !last.containsKey(each.getSymbol()));
  }

  private void sayAsTimeGoesOn() {
    sayMark(BTC);
    sayMark(ETH);
    if (wall.get() % MINUTE == 0) {
      int closed = (int) ((wall.get() - UNDER_WAY) / MINUTE) - 1;
      streams.say(candle(BTC, closed));
      streams.say(candle(ETH, closed));
    }
  }

  private void sayMark(String symbol) {
    BigDecimal price = BigDecimal.valueOf(wall.get() / 1_000 % 100 + 1);
    streams.say(new MarkPrice(symbol, price, wall.get()));
  }

  private List<Candle> seconds(int count) throws InterruptedException {
    List<Candle> candles = new ArrayList<>();
    for (int second = 0; second < count; second++) {
      wall.addAndGet(1_000);
      candles.addAll(poller.poll().candles());
    }
    return candles;
  }

  private int marksAsked() {
    return (int) server.asked().stream().filter(each -> each.contains("premiumIndex")).count();
  }

  private static List<Long> minutes(List<Candle> candles, String symbol) {
    return candles.stream()
        .filter(each -> each.getSymbol().equals(symbol))
        .map(each -> (each.getOpenTimeMs() - UNDER_WAY) / MINUTE)
        .toList();
  }

  private static Candle candle(String symbol, int minute) {
    BigDecimal price = LocalExchange.close(symbol, UNDER_WAY + minute * MINUTE);
    return new Candle(
        symbol, UNDER_WAY + minute * MINUTE, MINUTE, price, price, price, price, BigDecimal.ONE);
  }
}
