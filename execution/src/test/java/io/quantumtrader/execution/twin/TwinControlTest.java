package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.SignedClient.Answer;
import org.junit.jupiter.api.Test;

/** The twin's own addresses, by which another process does what the program can do. */
final class TwinControlTest extends TwinTestBase {
  private static final String OF_BTC = "{\"account\":\"main\",\"symbol\":\"BTCUSDT\"";

  @Test
  void shouldSetPricesAndCandles() {
    done("price", "{\"symbol\":\"BTCUSDT\",\"price\":\"61000\",\"quantity\":2}");
    done("mark", "{\"symbol\":\"BTCUSDT\",\"price\":61001}");
    done(
        "candle",
        "{\"symbol\":\"ETHUSDT\",\"openTime\":1779999960000,\"open\":\"3000\",\"high\":\"3100\","
            + "\"low\":\"2900\",\"close\":\"3050\",\"volume\":\"7\"}");

    JsonNode premium = client.send("GET", "/fapi/v1/premiumIndex?symbol=BTCUSDT").body();
    JsonNode candles = client.send("GET", "/fapi/v1/klines?symbol=ETHUSDT&interval=1m").body();
    assertThat(premium.path("markPrice").asText()).isEqualTo("61001");
    assertThat(premium.path("indexPrice").asText()).isEqualTo("61000");
    assertThat(candles.get(0).get(5).asText()).isEqualTo("7");
  }

  @Test
  void shouldDoToAnAccountWhatExchangesDo() {
    client.market(BTC, "BUY", "0.100", "");
    done("close", OF_BTC + ",\"share\":\"0.5\"}");
    done("adl", OF_BTC + ",\"quantity\":\"0.010\"}");
    done("hand", OF_BTC + ",\"side\":\"SELL\",\"quantity\":\"0.010\"}");
    done("fundingRate", "{\"symbol\":\"BTCUSDT\",\"rate\":\"-0.001\"}");
    done("funding", "");
    done("transfer", "{\"account\":\"main\",\"amount\":\"5\"}");

    JsonNode state = client.send("GET", "/twin/state?account=main").body();

    assertThat(state.path("positions").get(0).path("positionAmt").asText()).isEqualTo("0.03");
    assertThat(state.path("orders").get(1).path("clientOrderId").asText()).startsWith("web_");
    assertThat(state.path("trades")).hasSize(4);
    assertThat(last(state.path("income"), 1).path("incomeType").asText()).isEqualTo("TRANSFER");
    assertThat(last(state.path("income"), 2).path("income").asText()).isEqualTo("1.8");
    done("liquidate", OF_BTC + "}");
    client.market(BTC, "BUY", "0.100", "");
    done("settle", OF_BTC + "}");
    assertThat(twin.state().positions(ACCOUNT)).isEmpty();
  }

  @Test
  void shouldSetFaults() {
    done("fault", "{\"method\":\"POST\",\"path\":\"/fapi/v1/order\",\"kind\":\"timeout\"}");
    done("fault", "{\"path\":\"/fapi/v1/time\",\"kind\":\"error\",\"code\":-1000,\"times\":2}");
    done("fault", "{\"path\":\"/fapi/v1/ping\",\"kind\":\"limited\",\"status\":418}");
    done("fault", "{\"path\":\"/fapi/v1/order\",\"kind\":\"overload\"}");
    done("fault", "{\"path\":\"/none\",\"kind\":\"silence\",\"waitMs\":1}");
    done("fault", "{\"path\":\"/none\",\"kind\":\"cut\",\"executes\":true}");
    done("fault", "{\"path\":\"/none\",\"kind\":\"timeout\",\"lateMs\":3000}");

    assertThat(client.market(BTC, "BUY", "0.01", "").code()).isEqualTo(-1007);
    assertThat(client.market(BTC, "BUY", "0.01", "").code()).isEqualTo(-1008);
    assertThat(client.send("GET", "/fapi/v1/time").status()).isEqualTo(500);
    assertThat(client.send("GET", "/fapi/v1/ping").status()).isEqualTo(418);
    done("clear", "");
    assertThat(client.send("GET", "/fapi/v1/time").status()).isEqualTo(200);
  }

  @Test
  void shouldSetHowItMatchesAndItsClock() {
    done("matching", "{\"parts\":5,\"fillDelayMs\":0,\"rejectTriggers\":0}");
    done("matching", "{\"fillBeforeTriggered\":true,\"hideActualOrder\":true}");
    done("matching", "{\"partEveryMs\":0,\"expirePartly\":0}");
    done("clock", "{\"offsetMs\":-5000}");
    done("latency", "{\"restMs\":0,\"streamMs\":0}");
    done("random", "{\"share\":0,\"lateShare\":0,\"latestMs\":4000}");
    done("tick", "");

    client.market(BTC, "BUY", "0.010", "");

    assertThat(twin.nowMs()).isEqualTo(START_MS - 5_000);
    assertThat(twin.state().trades(ACCOUNT)).hasSize(5);
  }

  @Test
  void shouldCutSilenceAndExpireStreams() {
    String key = client.signed("POST", "/fapi/v1/listenKey", "").body().path("listenKey").asText();
    try (StreamClient stream = new StreamClient(twin.streamUrl(), "/private/ws/" + key);
        StreamClient market = new StreamClient(twin.streamUrl(), "/market/ws/btcusdt@kline_1m")) {
      done("streams", "{\"silentUsers\":true,\"silentMarket\":true,\"twice\":0,\"later\":0}");
      client.market(BTC, "BUY", "0.010", "");
      done("streams", "{\"silentUsers\":false,\"silentMarket\":false,\"lose\":0,\"cutAt\":\"\"}");
      done("listenKeyExpired", "{\"account\":\"main\"}");
      assertThat(stream.next().path("e").asText()).isEqualTo("listenKeyExpired");
      done("cut", "{\"users\":true,\"market\":true}");
      assertThat(stream.ended()).isEqualTo(1006);
      assertThat(market.ended()).isEqualTo(1006);
    }
  }

  @Test
  void shouldBanAnAddress() {
    done("ban", "{\"seconds\":60}");

    assertThat(client.send("GET", "/fapi/v1/ping").status()).isEqualTo(418);
    clock.addAndGet(60_000);
    assertThat(client.send("GET", "/fapi/v1/ping").status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseWhatItDoesNotUnderstand() {
    assertThat(client.command("none", "{}").status()).isEqualTo(404);
    assertThat(client.command("price", "{\"symbol\":\"BTCUSDT\"}").code()).isEqualTo(-1102);
    assertThat(client.command("price", "{").code()).isEqualTo(-1102);
    assertThat(client.command("price", "{\"symbol\":\"NO\",\"price\":1}").code()).isEqualTo(-1121);
    assertThat(client.command("transfer", "{\"account\":\"no\",\"amount\":1}").code())
        .isEqualTo(-1102);
    assertThat(client.command("fault", "{\"path\":\"/\",\"kind\":\"odd\"}").code())
        .isEqualTo(-1102);
    assertThat(client.send("GET", "/twin/state?account=no").code()).isEqualTo(-1102);
  }

  private void done(String command, String arguments) {
    Answer answer = client.command(command, arguments);
    assertThat(answer.status()).as("%s: %s", command, answer.body()).isEqualTo(200);
  }

  private static JsonNode last(JsonNode array, int fromEnd) {
    return array.get(array.size() - fromEnd);
  }
}
