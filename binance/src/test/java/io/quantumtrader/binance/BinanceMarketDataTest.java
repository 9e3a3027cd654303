package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quantumtrader.binance.MarketDataException.Kind;
import io.quantumtrader.binance.testing.LocalExchange;
import io.quantumtrader.binance.testing.LocalExchange.Fault;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a server that answers, and fails, as the documented interface does. */
class BinanceMarketDataTest {

  private static final String BTC = "BTCUSDT";
  private static final long MINUTE = 60_000;

  /** Half a minute after a full one. */
  private static final long NOW = 1_763_546_430_000L;

  private static final long UNDER_WAY = NOW - NOW % MINUTE;

  private final AtomicLong now = new AtomicLong(NOW);
  private LocalExchange server;
  private BinanceMarketData exchange;

  @BeforeEach
  void start() throws IOException {
    server = LocalExchange.start(now::get, List.of(BTC, "ETHUSDT"));
    exchange = new BinanceMarketData(server.url(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    exchange.close();
    server.close();
  }

  @ParameterizedTest
  @MethodSource("io.quantumtrader.schemas.testing.SymbolSamples#good")
  void shouldAskForCandlesOfAnySymbol(String symbol) throws Exception {
    // given
    server.close();
    server = LocalExchange.start(now::get, List.of(symbol));
    BinanceMarketData other = new BinanceMarketData(server.url(), Duration.ofSeconds(10));

    // when
    List<Candle> candles = other.candles(symbol, UNDER_WAY - MINUTE, 1, NOW);

    // then
    assertThat(candles).extracting(Candle::getSymbol).containsExactly(symbol);
    assertThat(other.marks(Set.of(symbol))).containsOnlyKeys(symbol);
    other.close();
  }

  @Test
  void shouldReadTheTime() throws Exception {
    assertThat(exchange.timeMs()).isEqualTo(NOW);
  }

  @Test
  void shouldReadTradingRulesOfTheSymbolsAskedFor() throws Exception {
    // given
    server.status("ETHUSDT", "SETTLING");

    // when
    Map<String, Contract> found = exchange.contracts(Set.of(BTC, "ETHUSDT", "NONEUSDT"));

    // then
    assertThat(found).containsOnlyKeys(BTC, "ETHUSDT");
    assertThat(found.get(BTC).isTradedPerpetual()).isTrue();
    assertThat(found.get(BTC).quoteAsset()).isEqualTo("USDT");
    Instrument btc = found.get(BTC).instrument(5);
    assertThat(btc.getTickSize()).isEqualByComparingTo("0.1");
    assertThat(btc.getStepSize()).isEqualByComparingTo("0.001");
    assertThat(btc.getMinQuantity()).isEqualByComparingTo("0.002");
    assertThat(btc.getMinNotional()).isEqualByComparingTo("20");
    assertThat(btc.getMaxLeverage()).isEqualTo(125);
    assertThat(btc.getStatus()).isEqualTo(InstrumentStatus.TRADING);
    assertThat(btc.getAsOfMs()).isEqualTo(5);
    assertThat(found.get("ETHUSDT").isTradedPerpetual()).isFalse();
    assertThat(found.get("ETHUSDT").instrument(5).getStatus()).isEqualTo(InstrumentStatus.BREAK);
  }

  @Test
  void shouldLeaveOutTheCandleThatIsUnderWay() throws Exception {
    // when
    List<Candle> candles = exchange.candles(BTC, UNDER_WAY - 3 * MINUTE, 10, NOW);

    // then
    assertThat(candles)
        .extracting(Candle::getOpenTimeMs)
        .containsExactly(UNDER_WAY - 3 * MINUTE, UNDER_WAY - 2 * MINUTE, UNDER_WAY - MINUTE);
    Candle last = candles.getLast();
    assertThat(last.getIntervalMs()).isEqualTo(MINUTE);
    assertThat(last.getClose()).isEqualByComparingTo(LocalExchange.close(BTC, UNDER_WAY - MINUTE));
    assertThat(last.getVolume()).isEqualByComparingTo("308.42");
    assertThat(server.asked().getLast())
        .isEqualTo(
            "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=%d&limit=10"
                .formatted(UNDER_WAY - 3 * MINUTE));
  }

  @Test
  void shouldGoByTheExchangesTimeNotByHowManyThereAre() throws Exception {
    assertThat(exchange.candles(BTC, UNDER_WAY - MINUTE, 10, UNDER_WAY - 1)).isEmpty();
    assertThat(exchange.candles(BTC, UNDER_WAY - MINUTE, 10, UNDER_WAY)).hasSize(1);
  }

  @Test
  void shouldReadMarkPricesAndPassOverThoseWithoutOne() throws Exception {
    // when
    Map<String, MarkPrice> marks = exchange.marks(Set.of(BTC));

    // then
    assertThat(marks).containsOnlyKeys(BTC);
    assertThat(marks.get(BTC).price().toPlainString())
        .isEqualTo(LocalExchange.close(BTC, UNDER_WAY).setScale(2) + "04562");
    assertThat(marks.get(BTC).atMs()).isEqualTo(NOW);

    // when
    server.fail(
        "/", new Fault.Body("[{\"symbol\":\"BTCUSDT\",\"markPrice\":\"0.00000000\",\"time\":0}]"));

    // then
    assertThat(exchange.marks(Set.of(BTC))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 403, 451})
  void shouldSayThatItIsUnavailable(int status) {
    server.fail("/", new Fault.Status(status, ""));

    assertThat(failure(exchange::timeMs))
        .hasMessageStartingWith(server.url() + "/fapi/v1/time answered " + status)
        .extracting(MarketDataException::kind)
        .isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void shouldSayThatItIsUnavailableWhereTheConnectionEnds() {
    for (Fault fault : List.of(new Fault.Closed(), new Fault.Half())) {
      server.fail("/", fault);
      MarketDataException failed = failure(() -> exchange.candles(BTC, 0, 5, NOW));
      assertThat(failed.kind()).as(fault.toString()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failed).hasMessageContaining("/fapi/v1/klines?symbol=BTCUSDT");
      assertThat(failed.getMessage().lines()).hasSize(1);
    }
    server.recover();
    assertThat(failure(() -> exchange.candles("NONEUSDT", 0, 5, NOW)))
        .hasMessageContaining("Invalid symbol")
        .extracting(MarketDataException::kind)
        .isEqualTo(Kind.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 418})
  void shouldNotAskAgainBeforeTheTimeIsUp(int status) throws Exception {
    // given
    server.fail("/", new Fault.Status(status, "1"));
    assertThat(failure(exchange::timeMs).retryAfter()).contains(Duration.ofSeconds(1));
    server.recover();

    // when, then
    MarketDataException held = failure(exchange::timeMs);
    assertThat(held.kind()).isEqualTo(Kind.LIMITED);
    assertThat(held.retryAfter().orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(server.asked()).hasSize(1);

    // when, then
    Thread.sleep(held.retryAfter().orElseThrow().plusMillis(5));
    assertThat(exchange.timeMs()).isEqualTo(NOW);
  }

  @Test
  void shouldWaitAMinuteWhereItIsNotSaidHowLong() {
    server.fail("/", new Fault.Status(429, "soon"));

    assertThat(failure(exchange::timeMs).retryAfter()).contains(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"serverTime\":\"soon\"} | serverTime is not a time: \"soon\"",
        "{\"serverTime\":-1} | serverTime is not a time: -1",
        "{} | serverTime is not a time: nothing",
        "[] | serverTime is not a time: nothing",
      })
  void shouldNameUrlAndFieldOfABrokenTime(String body, String message) {
    server.fail("/", new Fault.Body(body));

    assertThat(failure(exchange::timeMs))
        .hasMessage(server.url() + "/fapi/v1/time: " + message)
        .extracting(MarketDataException::kind)
        .isEqualTo(Kind.BROKEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[[0,\"1\",\"2\",\"1\",\"NaN\",\"5\",59999]] | [0][4] is not a number",
        "[[0,1.5,\"2\",\"1\",\"1\",\"5\",59999]] | [0][1] is not a number in a string",
        "[[0,\"0\",\"2\",\"1\",\"1\",\"5\",59999]] | [0][1] is not above 0",
        "[[0,\"1\",\"2\",\"1\",\"1\",\"-5\",59999]] | [0][5] is below 0",
        "[[0,\"1\",\"2\",\"1\",\"1e900\",\"5\",59999]] | [0][4] is out of range",
        "[[0,\"3\",\"2\",\"1\",\"1\",\"5\",59999]] | [0] has open or close outside",
        "[[0,\"1\",\"2\",\"1\",\"1\",\"5\",299999]] | [0][6] is not the end of the minute",
        "[[7,\"1\",\"2\",\"1\",\"1\",\"5\",60006]] | [0][0] is not the next minute",
        "{\"code\":0} | the answer is not a list",
      })
  void shouldNameUrlAndFieldOfABrokenCandle(String body, String message) {
    server.fail("/", new Fault.Body(body));

    MarketDataException failed = failure(() -> exchange.candles(BTC, 0, 5, NOW));

    assertThat(failed.kind()).isEqualTo(Kind.BROKEN);
    assertThat(failed).hasMessageContaining("limit=5: " + message);
  }

  @Test
  void shouldTakeWhatIsNoJsonForAnOutage() {
    server.fail("/", new Fault.Body("<html>maintenance</html>"));

    assertThat(failure(exchange::timeMs))
        .hasMessageContaining("not JSON")
        .extracting(MarketDataException::kind)
        .isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void shouldSayWhichTradingRuleIsMissing() {
    server.fail(
        "/",
        new Fault.Body(
            "{\"symbols\":[{\"symbol\":\"BTCUSDT\",\"filters\":[{\"filterType\":\"LOT_SIZE\","
                + "\"stepSize\":\"1\",\"minQty\":\"1\"}],\"status\":\"TRADING\","
                + "\"contractType\":\"PERPETUAL\",\"quoteAsset\":\"USDT\"}]}"));

    assertThat(failure(() -> exchange.contracts(Set.of(BTC))))
        .hasMessageContaining("symbols[0].filters has no PRICE_FILTER");
  }

  private static MarketDataException failure(ThrowingCallable asking) {
    return catchThrowableOfType(MarketDataException.class, asking);
  }
}
