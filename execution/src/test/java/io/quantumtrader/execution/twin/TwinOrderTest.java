package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.SignedClient.Answer;
import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Orders over HTTP: what is answered, and what becomes of them. */
final class TwinOrderTest extends TwinTestBase {

  @Test
  @Tag("assumes-ack-without-fills")
  void shouldAcknowledgeWithoutAFillAndThenShowIt() {
    Answer taken = client.market(BTC, "BUY", "0.010", "&newClientOrderId=qs-1");

    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.body().path("status").asText()).isEqualTo("NEW");
    assertThat(taken.body().path("executedQty").asText()).isEqualTo("0");
    assertThat(taken.body().path("cumQuote").asText()).isEqualTo("0");
    assertThat(taken.body().path("avgPrice").asText()).isEqualTo("0.00");
    assertThat(taken.header("X-MBX-ORDER-COUNT-10S")).isEqualTo("1");
    assertThat(taken.header("X-MBX-ORDER-COUNT-1M")).isEqualTo("1");
    Answer asked = client.signed("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=qs-1");
    assertThat(asked.body().path("status").asText()).isEqualTo("FILLED");
    assertThat(asked.body().path("avgPrice").asText()).isEqualTo("60006");
    assertThat(asked.header("X-MBX-USED-WEIGHT-1M")).isEqualTo("1");
  }

  @Test
  void shouldTellFillsWithFeesByUserTrades() {
    client.market(BTC, "BUY", "0.010", "");
    twin.price(BTC, new BigDecimal("61000"));
    client.market(BTC, "SELL", "0.010", "&reduceOnly=true");

    JsonNode trades = client.signed("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT").body();

    assertThat(trades).hasSize(2);
    assertThat(trades.get(0).path("id").asLong()).isEqualTo(1);
    assertThat(trades.get(0).path("commission").asText()).isEqualTo("0.30003");
    assertThat(trades.get(1).path("realizedPnl").asText()).isEqualTo("9.879");
    assertThat(trades.get(1).path("price").asText()).isEqualTo("60993.9");
    assertThat(twin.state().wallet(ACCOUNT)).isEqualByComparingTo("10009.2740005");
  }

  @Test
  void shouldShowPositionAndWallet() {
    client.market(BTC, "BUY", "0.010", "");

    JsonNode risk = client.signed("GET", "/fapi/v3/positionRisk", "").body();
    JsonNode account = client.signed("GET", "/fapi/v3/account", "").body();

    assertThat(risk).hasSize(1);
    assertThat(risk.get(0).path("positionAmt").asText()).isEqualTo("0.01");
    assertThat(risk.get(0).path("entryPrice").asText()).isEqualTo("60006");
    assertThat(risk.get(0).path("unRealizedProfit").asText()).isEqualTo("-0.06");
    assertThat(account.path("totalWalletBalance").asText()).isEqualTo("9999.69997");
    assertThat(account.path("assets")).hasSize(2);
  }

  @Test
  void shouldTakeASymbolOfAnyScript() {
    Answer taken = client.market(LATIN, "BUY", "100", "");

    assertThat(taken.status()).isEqualTo(200);
    assertThat(twin.state().amount(ACCOUNT, LATIN)).isEqualByComparingTo("100");
  }

  @Test
  void shouldFillInParts() {
    twin.matching(faults -> faults.parts(50));

    client.market(BTC, "BUY", "0.100", "&newClientOrderId=many");

    assertThat(twin.state().trades(ACCOUNT)).hasSize(50);
    assertThat(twin.state().amount(ACCOUNT, BTC)).isEqualByComparingTo("0.1");
  }

  @Test
  void shouldFillOnePartAtATime() {
    twin.matching(
        faults -> {
          faults.parts(3);
          faults.partEveryMs(500);
        });

    client.market(BTC, "BUY", "0.010", "&newClientOrderId=slow");
    String first = status("slow");
    twin.tick();
    int same = twin.state().trades(ACCOUNT).size();
    clock.addAndGet(500);
    twin.tick();
    clock.addAndGet(500);
    twin.tick();

    assertThat(first).isEqualTo("PARTIALLY_FILLED");
    assertThat(same).isEqualTo(1);
    assertThat(status("slow")).isEqualTo("FILLED");
    assertThat(twin.state().trades(ACCOUNT))
        .extracting(trade -> trade.quantity().toPlainString())
        .containsExactly("0.003", "0.003", "0.004");
  }

  @Test
  void shouldExpirePartlyFilledWhereWanted() {
    twin.matching(faults -> faults.expirePartly(1));

    client.market(BTC, "BUY", "0.011", "&newClientOrderId=thin");
    client.market(BTC, "BUY", "0.010", "&newClientOrderId=thick");

    assertThat(status("thin")).isEqualTo("EXPIRED");
    assertThat(status("thick")).isEqualTo("FILLED");
    assertThat(twin.state().amount(ACCOUNT, BTC)).isEqualByComparingTo("0.015");
  }

  @Test
  void shouldHoldAProtectedStopWhileLastAndMarkAreApart() {
    client.market(BTC, "BUY", "0.010", "");
    client.signed(
        "POST",
        "/fapi/v1/algoOrder",
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=59000"
            + "&closePosition=true&priceProtect=true&workingType=MARK_PRICE");

    twin.mark(BTC, new BigDecimal("57000"));
    BigDecimal held = twin.state().amount(ACCOUNT, BTC);
    twin.mark(BTC, new BigDecimal("57900"));

    assertThat(held).isEqualByComparingTo("0.01");
    assertThat(twin.state().amount(ACCOUNT, BTC)).isEqualByComparingTo("0");
  }

  @Test
  void shouldLetAnOrderWaitForItsFill() {
    twin.matching(faults -> faults.fillDelayMs(1_000));
    client.market(BTC, "BUY", "0.010", "&newClientOrderId=slow");

    twin.tick();
    String before = status("slow");
    clock.addAndGet(1_000);
    twin.tick();

    assertThat(before).isEqualTo("NEW");
    assertThat(status("slow")).isEqualTo("FILLED");
  }

  @Test
  void shouldLetALimitOrderRestAndFillAtItsPrice() {
    client.signed(
        "POST",
        "/fapi/v1/order",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=59000"
            + "&newClientOrderId=rest");
    JsonNode open = client.signed("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT").body();

    twin.price(BTC, new BigDecimal("58999"));

    assertThat(open).hasSize(1);
    assertThat(status("rest")).isEqualTo("FILLED");
    assertThat(twin.state().trades(ACCOUNT).getFirst().price()).isEqualByComparingTo("59000");
    assertThat(twin.state().trades(ACCOUNT).getFirst().maker()).isTrue();
  }

  @Test
  void shouldCancelAnOrderOnce() {
    client.signed(
        "POST",
        "/fapi/v1/order",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=59000"
            + "&newClientOrderId=rest");

    Answer first =
        client.signed("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=rest");
    Answer second =
        client.signed("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=rest");

    assertThat(first.body().path("status").asText()).isEqualTo("CANCELED");
    assertThat(second.code()).isEqualTo(-2011);
  }

  @Test
  @Tag("assumes-id-taken-again")
  void shouldTakeAClientIdAgainOnceTheFirstIsClosed() {
    Answer first = client.market(BTC, "BUY", "0.010", "&newClientOrderId=same");
    Answer second = client.market(BTC, "BUY", "0.010", "&newClientOrderId=same");

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(200);
    assertThat(twin.state().amount(ACCOUNT, BTC)).isEqualByComparingTo("0.02");
  }

  @Test
  @Tag("assumes-countdown-takes-conditionals")
  void shouldCancelAllWhenTheCountdownEnds() {
    client.market(BTC, "BUY", "0.010", "");
    client.signed(
        "POST",
        "/fapi/v1/algoOrder",
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=59000"
            + "&closePosition=true&clientAlgoId=stop");
    client.signed("POST", "/fapi/v1/countdownCancelAll", "symbol=BTCUSDT&countdownTime=5000");

    clock.addAndGet(5_000);
    twin.tick();

    assertThat(client.signed("GET", "/fapi/v1/openAlgoOrders", "").body()).isEmpty();
  }

  @Test
  @Tag("assumes-end-time-ahead")
  void shouldTakeAnEndTimeThatLiesAhead() {
    client.market(BTC, "BUY", "0.010", "");
    String span = "startTime=%d&endTime=%d".formatted(START_MS - 1_000, START_MS + 1_000);

    assertThat(client.signed("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT&" + span).body())
        .hasSize(1);
    assertThat(client.signed("GET", "/fapi/v1/income", span).body()).hasSize(1);
  }

  private String status(String clientId) {
    return client
        .signed("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=" + clientId)
        .body()
        .path("status")
        .asText();
  }
}
