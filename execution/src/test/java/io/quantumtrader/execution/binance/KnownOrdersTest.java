package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An order whose fills were booked is not sent again, for as long as that is known. */
final class KnownOrdersTest {

  private static final long NOW = 1_780_000_000_000L;
  private static final long BOOKED = NOW - Duration.ofHours(30).toMillis();
  private static final String BTC = "BTCUSDT";
  private static final String PLAN = "qs-0123456789abcdef";
  private static final String SENT = "POST /fapi/v1/order";

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
    exchange.answer("/fapi/v1/order", "{\"orderId\":5,\"status\":\"EXPIRED\"}");
    ExchangeAccount last =
        ExchangeAccount.newBuilder().setAsOfMs(NOW).setWallet(BigDecimal.TEN).build();
    desk.restore(Optional.of(last), List.of(booked()));
  }

  @AfterEach
  void stop() {
    desk.close();
    exchange.close();
  }

  private static ApplyResult booked() {
    return ApplyResult.newBuilder()
        .setResultId("BTCUSDT:1")
        .setPlanId("0123456789abcdef")
        .setSymbol(BTC)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(BigDecimal.ONE)
        .setFilledQuantity(BigDecimal.ONE)
        .setClientOrderId(PLAN)
        .setAtMs(BOOKED)
        .setFill(
            Fill.newBuilder()
                .setFillId("BTCUSDT:1")
                .setQuantity(BigDecimal.ONE)
                .setPrice(BigDecimal.TEN)
                .setFee(BigDecimal.ZERO)
                .setAtMs(BOOKED)
                .build())
        .build();
  }

  private void send() {
    var unused =
        desk.execute(new MarketOrder("main", BTC, OrderSide.BUY, BigDecimal.ONE, false, PLAN, NOW));
  }

  @Test
  @Tag("assumes-id-taken-again")
  void shouldAskForAnOrderThatWasExecutedBeforeARestart() {
    // when
    send();

    // then: the exchange would take its id a second time
    assertThat(exchange.requests()).contains("GET /fapi/v1/order").doesNotContain(SENT);
  }

  @Test
  void shouldForgetWhatIsTooOldToBeSent() {
    // when
    desk.expireOrders(NOW);
    send();

    // then
    assertThat(exchange.requests()).contains(SENT);
  }

  @Test
  void shouldNotTakeAnotherLeverageForTheOneThatWasAskedFor() {
    // given
    exchange.answer("/fapi/v1/leverage", "{\"symbol\":\"BTCUSDT\",\"leverage\":20}");

    // when
    Acknowledgement other = desk.setLeverage(BTC, 5, NOW);
    Acknowledgement same = desk.setLeverage(BTC, 20, NOW);

    // then
    assertThat(other)
        .isInstanceOfSatisfying(
            Acknowledgement.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ReasonCode.LEVERAGE_OUT_OF_RANGE);
              assertThat(refused.numbers().toString()).contains("leverage", "5", "set", "20");
            });
    assertThat(same).isInstanceOf(Acknowledgement.Done.class);
  }
}
