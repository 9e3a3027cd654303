package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.execution.exchange.Acknowledgement;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a change of a stop was cut short is asked only where a look has shown so. */
final class CutShortTest {

  private static final long NOW = 1_780_000_000_000L;
  private static final String BTC = "BTCUSDT";
  private static final String BRIDGE = "qs-0123456789abcdef-sb";
  private static final String OPEN = "/fapi/v1/openAlgoOrders";

  private ScriptedRest exchange;
  private AccountDesk desk;

  /** This machine is an hour ahead of the exchange. */
  private static long wallMs() {
    return NOW + Duration.ofHours(1).toMillis();
  }

  @BeforeEach
  void start() throws IOException {
    exchange = new ScriptedRest(() -> NOW, CutShortTest::wallMs);
    URI nowhere = URI.create("http://127.0.0.1:1");
    BinanceSettings settings =
        BinanceSettings.of(BinanceEnvironment.at("scripted", nowhere, nowhere));
    desk =
        new AccountDesk(
            exchange.rest(),
            new Listings(exchange.rest(), settings, CutShortTest::wallMs),
            settings,
            CutShortTest::wallMs,
            ms -> {},
            SessionRecorder.none());
  }

  @AfterEach
  void stop() {
    desk.close();
    exchange.close();
  }

  private long asked() {
    return exchange.asked().stream().filter(OPEN::equals).count();
  }

  private static String order(String id, boolean closes, long atMs) {
    return """
        [{"algoId":7,"clientAlgoId":"%s","symbol":"BTCUSDT","side":"SELL","algoStatus":"NEW",\
        "orderType":"STOP_MARKET","triggerPrice":"59000","closePosition":%s,"createTime":%d}]"""
        .formatted(id, closes, atMs);
  }

  @Test
  void shouldAskNothingWhereNoBridgeRests() {
    // given
    exchange.answer(OPEN, order("qs-0123456789abcdef-s", true, 1));
    assertThat(desk.protection(BTC).orElseThrow()).hasSize(1);
    long before = asked();

    // when
    Acknowledgement answer = desk.finishProtection(BTC);

    // then
    assertThat(answer).isInstanceOf(Acknowledgement.Done.class);
    assertThat(asked()).isEqualTo(before);
  }

  static Stream<Consumer<AccountDesk>> looks() {
    return Stream.of(
        desk -> assertThat(desk.protection(BTC).orElseThrow()).hasSize(1),
        desk -> assertThat(desk.account(NOW)).isPresent());
  }

  @ParameterizedTest
  @MethodSource("looks")
  void shouldFinishWhereALookHasShownABridge(Consumer<AccountDesk> looked) {
    // given
    exchange.answer(OPEN, order(BRIDGE, false, NOW - 30_001));
    exchange.answer("/fapi/v3/account", "{\"totalWalletBalance\":\"1\",\"assets\":[]}");
    exchange.answer(
        "/fapi/v3/positionRisk",
        "[{\"symbol\":\"BTCUSDT\",\"positionAmt\":\"1\",\"entryPrice\":\"60000\"}]");
    looked.accept(desk);
    exchange.answer("/fapi/v1/algoOrder", "{}");
    long before = asked();

    // when
    Acknowledgement answer = desk.finishProtection(BTC);

    // then: it becomes an order that closes the whole, and the bridge goes
    assertThat(answer).isInstanceOf(Acknowledgement.Done.class);
    assertThat(asked()).isEqualTo(before + 1);
    assertThat(exchange.asked()).endsWith("/fapi/v1/algoOrder", "/fapi/v1/algoOrder");
  }

  @Test
  void shouldLeaveAChangeThatMayBeUnderWayByTheExchangesClock() {
    // given
    exchange.answer(OPEN, order(BRIDGE, false, NOW - 29_999));
    assertThat(desk.protection(BTC).orElseThrow()).hasSize(1);
    exchange.answer("/fapi/v1/algoOrder", "{}");

    // when
    Acknowledgement answer = desk.finishProtection(BTC);

    // then
    assertThat(answer).isInstanceOf(Acknowledgement.Done.class);
    assertThat(exchange.asked()).doesNotContain("/fapi/v1/algoOrder");
  }
}
