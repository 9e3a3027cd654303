package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an account is told. */
final class TwinUserStreamTest extends TwinTestBase {
  private static final String ALGO = "/fapi/v1/algoOrder";
  private static final String STOP =
      "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&closePosition=true"
          + "&workingType=MARK_PRICE&triggerPrice=59000&clientAlgoId=stop";

  @Test
  @Tag("assumes-user-stream-address")
  void shouldTellAnOrderItsFillAndWhatItDidToTheAccount() {
    try (StreamClient stream = user("/private/ws/")) {
      client.market(BTC, "BUY", "0.010", "&newClientOrderId=qs-1");

      JsonNode taken = stream.next().path("o");
      JsonNode lite = stream.next();
      JsonNode account = stream.next().path("a");
      JsonNode fill = stream.next().path("o");

      assertThat(taken.path("x").asText()).isEqualTo("NEW");
      assertThat(taken.path("c").asText()).isEqualTo("qs-1");
      assertThat(lite.path("e").asText()).isEqualTo("TRADE_LITE");
      assertThat(lite.has("n")).isFalse();
      assertThat(lite.path("t").asLong()).isEqualTo(1);
      assertThat(account.path("m").asText()).isEqualTo("ORDER");
      assertThat(account.path("B").get(0).path("wb").asText()).isEqualTo("9999.69997");
      assertThat(account.path("P").get(0).path("pa").asText()).isEqualTo("0.01");
      assertThat(fill.path("x").asText()).isEqualTo("TRADE");
      assertThat(fill.path("X").asText()).isEqualTo("FILLED");
      assertThat(fill.path("t").asLong()).isEqualTo(1);
      assertThat(fill.path("n").asText()).isEqualTo("0.30003");
      assertThat(fill.path("N").asText()).isEqualTo("USDT");
    }
  }

  @Test
  void shouldTellTheLifeOfAConditionalOrder() {
    client.market(BTC, "BUY", "0.010", "");
    try (StreamClient stream = user("/private/ws?listenKey=")) {
      client.signed("POST", ALGO, STOP);
      twin.price(BTC, new BigDecimal("58900"));

      assertThat(types(stream, 8))
          .containsExactly(
              "ALGO_UPDATE NEW",
              "ALGO_UPDATE TRIGGERING",
              "ORDER_TRADE_UPDATE NEW",
              "ALGO_UPDATE TRIGGERED",
              "TRADE_LITE ",
              "ACCOUNT_UPDATE ",
              "ORDER_TRADE_UPDATE FILLED",
              "ALGO_UPDATE FINISHED");
    }
    JsonNode algo = client.signed("GET", ALGO, "clientAlgoId=stop").body();
    JsonNode order =
        client.signed("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=stop").body();
    assertThat(algo.path("algoStatus").asText()).isEqualTo("FINISHED");
    assertThat(algo.path("actualOrderId").asText()).isEqualTo(order.path("orderId").asText());
    assertThat(order.path("type").asText()).isEqualTo("MARKET");
    assertThat(order.path("origType").asText()).isEqualTo("STOP_MARKET");
    assertThat(twin.state().amount(ACCOUNT, BTC)).isEqualByComparingTo("0");
  }

  @Test
  void shouldTellAFillBeforeThatItTriggeredAndHideTheOrder() {
    client.market(BTC, "BUY", "0.010", "");
    client.signed("POST", ALGO, STOP);
    twin.matching(
        faults -> {
          faults.fillBeforeTriggered(true);
          faults.hideActualOrder(true);
        });
    try (StreamClient stream = user("/ws/")) {
      twin.price(BTC, new BigDecimal("58900"));

      List<String> types = types(stream, 6);
      assertThat(types.indexOf("ORDER_TRADE_UPDATE FILLED"))
          .isLessThan(types.indexOf("ALGO_UPDATE TRIGGERED"));
      JsonNode finished = stream.next("ALGO_UPDATE").path("o");
      assertThat(finished.path("X").asText()).isEqualTo("FINISHED");
      assertThat(finished.path("ai").asText()).isEmpty();
    }
  }

  @Test
  @Tag("assumes-trigger-refused")
  void shouldRejectOnTriggerWhereWanted() {
    client.market(BTC, "BUY", "0.010", "");
    client.signed("POST", ALGO, STOP);
    twin.matching(faults -> faults.rejectTriggers(1));
    try (StreamClient stream = user("/private/ws/")) {
      twin.price(BTC, new BigDecimal("58900"));

      assertThat(types(stream, 3))
          .containsExactly(
              "ALGO_UPDATE TRIGGERING",
              "ALGO_UPDATE REJECTED",
              "CONDITIONAL_ORDER_TRIGGER_REJECT ");
    }
    assertThat(twin.state().amount(ACCOUNT, BTC)).isEqualByComparingTo("0.01");
  }

  @Test
  @Tag("assumes-closing-order-expires")
  void shouldExpireWhatWasToCloseAPositionThatIsGone() {
    client.market(BTC, "BUY", "0.010", "");
    client.signed("POST", ALGO, STOP);
    try (StreamClient stream = user("/private/ws/")) {
      client.market(BTC, "SELL", "0.010", "&reduceOnly=true");

      JsonNode ended = stream.next("ALGO_UPDATE").path("o");
      assertThat(ended.path("X").asText()).isEqualTo("EXPIRED");
      assertThat(ended.path("caid").asText()).isEqualTo("stop");
    }
  }

  @Test
  @Tag("assumes-forced-execution-types")
  void shouldTellLiquidationDeleveragingSettlementAndTheOwnersHand() {
    try (StreamClient stream = user("/private/ws/")) {
      open();
      twin.liquidate(ACCOUNT, BTC);
      JsonNode called = stream.next("MARGIN_CALL");
      JsonNode liquidated = fill(stream, "autoclose-");
      open();
      twin.change((core, now) -> core.deleverage(ACCOUNT, BTC, new BigDecimal("0.004"), now));
      JsonNode reduced = fill(stream, "adl_autoclose");
      twin.closeByHand(ACCOUNT, BTC, new BigDecimal("0.5"));
      JsonNode byHand = fill(stream, "web_");
      twin.change((core, now) -> core.settlement(ACCOUNT, BTC, now));
      JsonNode settled = fill(stream, "settlement_autoclose-");

      assertThat(called.path("p").get(0).path("s").asText()).isEqualTo(BTC);
      assertThat(liquidated.path("x").asText()).isEqualTo("CALCULATED");
      assertThat(reduced.path("x").asText()).isEqualTo("CALCULATED");
      assertThat(reduced.path("l").asText()).isEqualTo("0.004");
      assertThat(byHand.path("x").asText()).isEqualTo("TRADE");
      assertThat(byHand.path("l").asText()).isEqualTo("0.003");
      assertThat(settled.path("l").asText()).isEqualTo("0.003");
    }
    assertThat(client.signed("GET", "/fapi/v1/forceOrders", "").body()).hasSize(2);
    assertThat(twin.state().positions(ACCOUNT)).isEmpty();
  }

  @Test
  @Tag("assumes-funding-without-position")
  void shouldTellFundingTransfersAndLeverage() {
    open();
    try (StreamClient stream = user("/private/ws/")) {
      twin.fund();
      JsonNode funding = stream.next("ACCOUNT_UPDATE").path("a");
      twin.change((core, now) -> core.transfer(ACCOUNT, new BigDecimal("-50"), now));
      JsonNode withdrawn = stream.next("ACCOUNT_UPDATE").path("a");
      client.signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=7");
      JsonNode leverage = stream.next("ACCOUNT_CONFIG_UPDATE").path("ac");

      assertThat(funding.path("m").asText()).isEqualTo("FUNDING_FEE");
      assertThat(funding.path("B").get(0).path("bc").asText()).isEqualTo("-0.06");
      assertThat(withdrawn.path("m").asText()).isEqualTo("WITHDRAW");
      assertThat(withdrawn.path("B").get(0).path("bc").asText()).isEqualTo("-50");
      assertThat(leverage.path("l").asInt()).isEqualTo(7);
    }
    JsonNode income = client.signed("GET", "/fapi/v1/income", "incomeType=FUNDING_FEE").body();
    assertThat(income.get(0).path("income").asText()).isEqualTo("-0.06");
  }

  @Test
  @Tag("assumes-unknown-listen-key-silent")
  void shouldTellNothingToOthersAndNothingWithoutAKey() {
    try (StreamClient stranger = new StreamClient(twin.streamUrl(), "/private/ws/no-such-key");
        StreamClient market = new StreamClient(twin.streamUrl(), "/market/ws/" + listenKey());
        StreamClient owner = user("/private/ws/")) {
      open();
      JsonNode unused = owner.next("ACCOUNT_UPDATE");

      assertThat(stranger.waiting()).isZero();
      assertThat(market.waiting()).isZero();
    }
  }

  @Test
  void shouldEndAListenKeyAndTellSo() {
    String key = listenKey();
    try (StreamClient stream = user("/private/ws/")) {
      clock.addAndGet(3_599_999);
      client.signed("PUT", "/fapi/v1/listenKey", "");
      clock.addAndGet(3_599_999);
      twin.tick();
      open();
      JsonNode alive = stream.next();
      clock.addAndGet(1);
      twin.tick();
      JsonNode over = stream.next("listenKeyExpired");

      assertThat(alive.path("e").asText()).isEqualTo("ORDER_TRADE_UPDATE");
      assertThat(over.path("listenKey").asText()).isEqualTo(key);
      assertThat(client.signed("PUT", "/fapi/v1/listenKey", "").code()).isEqualTo(-1125);
      assertThat(listenKey()).isNotEqualTo(key);
    }
  }

  @Test
  void shouldSpeakToTheClientOfTheJdk() {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    WebSocket.Listener ear =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            heard.add(text.toString());
            from.request(1);
            return null;
          }
        };
    URI address = URI.create(twin.streamUrl() + "/private/ws/" + listenKey());
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket = http.newWebSocketBuilder().buildAsync(address, ear).join();
      twin.change((core, now) -> core.transfer(ACCOUNT, BigDecimal.TEN, now));

      assertThat(poll(heard)).contains("ACCOUNT_UPDATE").contains("DEPOSIT");
      socket.abort();
    }
  }

  private static String poll(BlockingQueue<String> heard) {
    try {
      return heard.poll(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private void open() {
    assertThat(client.market(BTC, "BUY", "0.010", "").status()).isEqualTo(200);
  }

  private static JsonNode fill(StreamClient stream, String clientId) {
    JsonNode order = stream.next("ORDER_TRADE_UPDATE").path("o");
    while (!order.path("c").asText().startsWith(clientId) || order.path("t").asLong() == 0) {
      order = stream.next("ORDER_TRADE_UPDATE").path("o");
    }
    return order;
  }

  private static List<String> types(StreamClient stream, int count) {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode event = stream.next();
      types.add(event.path("e").asText() + " " + event.path("o").path("X").asText());
    }
    return types;
  }

  private String listenKey() {
    return client.signed("POST", "/fapi/v1/listenKey", "").body().path("listenKey").asText();
  }

  private StreamClient user(String path) {
    return new StreamClient(twin.streamUrl(), path + listenKey());
  }
}
