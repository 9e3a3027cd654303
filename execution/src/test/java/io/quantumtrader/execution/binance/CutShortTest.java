package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.execution.exchange.Acknowledgement;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a change of a stop was cut short is asked only where a look has shown so. */
final class CutShortTest {

  private static final long NOW = 1_780_000_000_000L;
  private static final String BTC = "BTCUSDT";
  private static final String OPEN = "/fapi/v1/openAlgoOrders";

  private ScriptedRest exchange;
  private AccountDesk desk;

  @BeforeEach
  void start() throws IOException {
    exchange = new ScriptedRest(() -> NOW);
    URI nowhere = URI.create("http://127.0.0.1:1");
    BinanceSettings settings =
        BinanceSettings.of(BinanceEnvironment.at("scripted", nowhere, nowhere));
    desk =
        new AccountDesk(
            exchange.rest(),
            new Listings(exchange.rest(), settings, () -> NOW),
            settings,
            () -> NOW,
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

  private static String order(String id, boolean closes) {
    return """
        [{"algoId":7,"clientAlgoId":"%s","symbol":"BTCUSDT","side":"SELL","algoStatus":"NEW",\
        "orderType":"STOP_MARKET","triggerPrice":"59000","closePosition":%s,"createTime":1}]"""
        .formatted(id, closes);
  }

  @Test
  void shouldAskNothingWhereNoBridgeRests() {
    // given
    exchange.answer(OPEN, order("qs-0123456789abcdef-s", true));
    assertThat(desk.protection(BTC).orElseThrow()).hasSize(1);
    long before = asked();

    // when
    Acknowledgement answer = desk.finishProtection(BTC);

    // then
    assertThat(answer).isInstanceOf(Acknowledgement.Done.class);
    assertThat(asked()).isEqualTo(before);
  }

  @Test
  void shouldFinishWhereALookHasShownABridge() {
    // given
    exchange.answer(OPEN, order("qs-0123456789abcdef-sb", false));
    assertThat(desk.protection(BTC).orElseThrow()).hasSize(1);
    exchange.answer("/fapi/v1/algoOrder", "{}");
    long before = asked();

    // when
    Acknowledgement answer = desk.finishProtection(BTC);

    // then: it becomes an order that closes the whole, and the bridge goes
    assertThat(answer).isInstanceOf(Acknowledgement.Done.class);
    assertThat(asked()).isEqualTo(before + 1);
    assertThat(exchange.asked()).endsWith("/fapi/v1/algoOrder", "/fapi/v1/algoOrder");
  }
}
