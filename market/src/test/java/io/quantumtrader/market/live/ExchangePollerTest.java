package io.quantumtrader.market.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.testing.LocalExchange;
import io.quantumtrader.binance.testing.LocalExchange.Fault;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.InstrumentStatus;
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
import org.slf4j.LoggerFactory;

/** What is learnt of a market, against a server that fails as servers do. Time is the test's. */
final class ExchangePollerTest {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";
  private static final long MINUTE = 60_000;

  /** Half a minute after a full one. */
  private static final long START = 1_763_546_430_000L;

  private static final long UNDER_WAY = START - START % MINUTE;

  private final AtomicLong wall = new AtomicLong(START);
  private final AtomicLong aheadMs = new AtomicLong();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.quantumtrader.market.live");
  private LocalExchange server;
  private BinanceMarketData exchange;
  private ExchangePoller poller;

  @BeforeEach
  void start() throws IOException {
    log.start();
    logger.setLevel(Level.WARN);
    logger.addAppender(log);
    server = LocalExchange.start(() -> wall.get() + aheadMs.get(), List.of(BTC, ETH));
    exchange = new BinanceMarketData(server.url(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    close();
    exchange.close();
    server.close();
  }

  private MarketNews open(Map<String, Long> lastOpenMs) throws InterruptedException {
    close();
    poller = open(Set.of(BTC, ETH), lastOpenMs);
    return poller.history();
  }

  private ExchangePoller open(Set<String> symbols, Map<String, Long> lastOpenMs)
      throws InterruptedException {
    return ExchangePoller.open(
        exchange, StreamedMarket.none(), new SymbolChoice(symbols), lastOpenMs, wall::get);
  }

  private void close() {
    if (poller != null) {
      poller.close();
    }
  }

  @Test
  void shouldBeginWithHistoryInTimeOrder() throws Exception {
    // when
    MarketNews news = open(Map.of());

    // then
    assertThat(news.candles()).hasSize(2 * 498);
    assertThat(news.candles().subList(0, 3))
        .extracting(each -> each.getSymbol() + " " + each.getOpenTimeMs())
        .containsExactly(
            "BTCUSDT " + (UNDER_WAY - 498 * MINUTE),
            "ETHUSDT " + (UNDER_WAY - 498 * MINUTE),
            "BTCUSDT " + (UNDER_WAY - 497 * MINUTE));
    assertThat(news.candles().getLast().getOpenTimeMs()).isEqualTo(UNDER_WAY - MINUTE);
    assertThat(news.instruments().get(BTC).getStepSize()).isEqualByComparingTo("0.001");
    assertThat(news.marks()).isEmpty();
    assertThat(log.list).isEmpty();
  }

  @Test
  void shouldGiveEachCandleOnceAndMarksOnTheTickBetween() throws Exception {
    // given
    open(Map.of(BTC, UNDER_WAY - MINUTE, ETH, UNDER_WAY - 2 * MINUTE));
    int before = server.asked().size();
    List<Candle> candles = new ArrayList<>();
    List<Candle> marks = new ArrayList<>();

    // when: four minutes, second by second
    for (int second = 0; second < 240; second++) {
      wall.addAndGet(1_000);
      MarketNews news = poller.poll();
      candles.addAll(news.candles());
      marks.addAll(news.marks());
    }

    // then
    assertThat(candles)
        .extracting(each -> each.getSymbol() + " " + (each.getOpenTimeMs() - UNDER_WAY) / MINUTE)
        .containsExactly(
            "BTCUSDT 0",
            "ETHUSDT 0",
            "BTCUSDT 1",
            "ETHUSDT 1",
            "BTCUSDT 2",
            "ETHUSDT 2",
            "BTCUSDT 3",
            "ETHUSDT 3");
    assertThat(marks).hasSize(2 * 48);
    assertThat(marks)
        .allSatisfy(
            mark -> {
              assertThat(mark.getIntervalMs()).isEqualTo(1);
              assertThat(mark.getVolume()).isZero();
              assertThat(mark.getClose().remainder(new BigDecimal("0.1"))).isZero();
              assertThat(mark.getHigh()).isEqualTo(mark.getLow());
            });
    // 48 times all marks, 4 candles of each symbol, 4 times the time: as the weights reckon.
    assertThat(server.asked().size() - before).isEqualTo(48 + 8 + 4);
    assertThat(log.list).isEmpty();
  }

  @Test
  void shouldFetchWhatWasMissedWhenTheExchangeAnswersAgain() throws Exception {
    for (Fault fault :
        List.of(
            new Fault.Status(503, ""), new Fault.Closed(), new Fault.Half(), new Fault.Body("<"))) {
      // given
      log.list.clear();
      wall.set(START);
      open(Map.of(BTC, UNDER_WAY - MINUTE, ETH, UNDER_WAY - MINUTE));
      server.fail("/", fault);
      int before = server.asked().size();

      // when: ten minutes without an answer
      assertThat(candlesOf(600)).isEmpty();

      // then: one line, and fewer and fewer attempts
      assertThat(lines()).as("%s", fault).hasSize(1).first().asString().contains("is out");
      // 26, or twice that where the client asks once more over a connection of its own accord.
      assertThat(server.asked().size() - before).isLessThan(60);

      // when
      server.recover();
      List<Candle> candles = candlesOf(31);

      // then: each that was missed, oldest first, and one line more
      assertThat(candles)
          .filteredOn(each -> each.getSymbol().equals(BTC))
          .extracting(each -> (each.getOpenTimeMs() - UNDER_WAY) / MINUTE)
          .startsWith(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L)
          .doesNotHaveDuplicates()
          .isSorted();
      assertThat(lines()).hasSize(2).last().asString().contains("the exchange is back after");
    }
  }

  @Test
  void shouldLeaveOutWhatIsTooOldAfterALongOutage() throws Exception {
    // given
    open(Map.of(BTC, UNDER_WAY - MINUTE, ETH, UNDER_WAY - MINUTE));

    // when
    wall.addAndGet(600 * MINUTE);
    MarketNews news = poller.poll();

    // then
    assertThat(news.candles()).hasSize(2 * 498);
    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("102 candles before"));
  }

  @Test
  void shouldAskNothingWhileItIsForbidden() throws Exception {
    // given
    open(Map.of(BTC, UNDER_WAY - MINUTE, ETH, UNDER_WAY - MINUTE));
    server.fail("/", new Fault.Status(429, "120"));
    candlesOf(1);
    server.recover();
    int before = server.asked().size();

    // when
    candlesOf(119);

    // then
    assertThat(server.asked()).hasSize(before);
    assertThat(lines()).hasSize(1).first().asString().contains("answered 429");
  }

  @Test
  void shouldGoOnWithTheOthersWhereOneSymbolIsRefused() throws Exception {
    // given
    open(Map.of(BTC, UNDER_WAY - MINUTE, ETH, UNDER_WAY - MINUTE));
    server.fail("/fapi/v1/klines?symbol=BTCUSDT", new Fault.Body("[[0]]"));
    server.fail("/fapi/v1/premiumIndex", new Fault.Body("{}"));

    // when
    List<Candle> candles = candlesOf(180);

    // then
    assertThat(candles).extracting(Candle::getSymbol).containsOnly(ETH);
    assertThat(candles).hasSize(3);
    assertThat(lines()).hasSize(2);

    // when
    server.recover();

    // then
    assertThat(candlesOf(61))
        .filteredOn(each -> each.getSymbol().equals(BTC))
        .extracting(each -> (each.getOpenTimeMs() - UNDER_WAY) / MINUTE)
        .startsWith(0L, 1L, 2L)
        .isSorted();
    assertThat(lines()).hasSize(4);
  }

  @Test
  void shouldSayThatASymbolDoesNotTradeAnyMore() throws Exception {
    // given
    open(Map.of(BTC, UNDER_WAY - MINUTE, ETH, UNDER_WAY - MINUTE));
    server.status(ETH, "SETTLING");

    // when
    candlesOf(295);
    assertThat(poller.poll().instruments().get(ETH).getStatus())
        .isEqualTo(InstrumentStatus.TRADING);
    candlesOf(6);

    // then
    Map<String, io.quantumtrader.schemas.avro.Instrument> known = poller.poll().instruments();
    assertThat(known.get(ETH).getStatus()).isEqualTo(InstrumentStatus.BREAK);
    assertThat(known.get(ETH).getAsOfMs()).isEqualTo(START + 300_000);
    assertThat(known.get(BTC).getStatus()).isEqualTo(InstrumentStatus.TRADING);
    assertThat(lines()).containsExactly("ETHUSDT is BREAK now, and was TRADING");
  }

  @Test
  void shouldGoByTheExchangesClockAndWarnOfADifference() throws Exception {
    // given: this machine is 3 s behind, and the next minute has just begun there
    aheadMs.set(3_000);
    wall.set(UNDER_WAY + MINUTE - 1_000);

    // when
    MarketNews news = open(Map.of(BTC, UNDER_WAY - MINUTE, ETH, UNDER_WAY - MINUTE));

    // then
    assertThat(news.candles()).hasSize(2);
    assertThat(lines()).containsExactly("this machine's clock is 3.000 s behind the exchange's");
  }

  @Test
  void shouldRefuseToBeginWithAClockThatIsTooFarOff() {
    aheadMs.set(-5_001);

    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(MarketUnusableException.class)
        .hasMessage(
            "this machine's clock is 5.001 s ahead of the exchange's; the limit is 5 s:"
                + " synchronise the clock with NTP, then start again");
  }

  @Test
  void shouldRefuseSymbolsThatDoNotTrade() {
    // given
    server.status(ETH, "CLOSE");

    // when, then
    assertThatThrownBy(() -> open(Set.of(BTC, ETH, "NONEUSDT"), Map.of()))
        .isInstanceOf(MarketUnusableException.class)
        .hasMessage(
            "not traded: ETHUSDT (PERPETUAL, CLOSE), NONEUSDT (unknown);"
                + " leave them out of --symbols (QUANTUM_SYMBOLS)");
  }

  @Test
  void shouldTryAgainAtTheStartAndThenGiveUp() {
    // given
    server.fail("/", new Fault.Status(502, ""));

    // when, then
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(MarketUnusableException.class)
        .hasMessageContaining("/fapi/v1/time answered 502")
        .hasMessageEndingWith("see --market-url");
    assertThat(server.asked()).hasSize(3);
  }

  private List<Candle> candlesOf(int seconds) throws InterruptedException {
    List<Candle> candles = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      wall.addAndGet(1_000);
      candles.addAll(poller.poll().candles());
    }
    return candles;
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
