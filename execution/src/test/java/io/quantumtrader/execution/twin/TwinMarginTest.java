package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.SignedClient.Answer;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Isolated margin over HTTP: set, moved, listed, reported. */
final class TwinMarginTest extends TwinTestBase {
  private static final String MARGIN = "/fapi/v1/positionMargin";

  @Test
  void shouldReportWhatIsSetAside() {
    isolate();
    client.market(BTC, "BUY", "0.100", "");

    JsonNode risk = client.signed("GET", "/fapi/v3/positionRisk", "").body().path(0);
    JsonNode account = client.signed("GET", "/fapi/v3/account", "").body();
    JsonNode balance = client.signed("GET", "/fapi/v3/balance", "").body().path(1);

    // 6000.6 at leverage 20; the commission of 3.0003 is taken from what is shared.
    assertThat(risk.path("isolatedWallet").asText()).isEqualTo("300.03");
    assertThat(risk.path("isolatedMargin").asText()).isEqualTo("299.43");
    assertThat(new BigDecimal(risk.path("liquidationPrice").asText())).isPositive();
    assertThat(account.path("positions").path(0).path("isolatedWallet").asText())
        .isEqualTo("300.03");
    assertThat(account.path("totalCrossWalletBalance").asText()).isEqualTo("9696.9697");
    assertThat(account.path("totalCrossUnPnl").asText()).isEqualTo("0");
    assertThat(account.path("availableBalance").asText()).isEqualTo("9696.9697");
    assertThat(balance.path("crossWalletBalance").asText()).isEqualTo("9696.9697");
    assertThat(balance.path("balance").asText()).isEqualTo("9996.9997");
  }

  @Test
  void shouldMoveMarginAndListIt() {
    isolate();
    client.market(BTC, "BUY", "0.100", "");

    Answer added = client.signed("POST", MARGIN, "symbol=BTCUSDT&amount=100&type=1");
    clock.addAndGet(1_000);
    Answer taken = client.signed("POST", MARGIN, "symbol=BTCUSDT&amount=40&type=2");
    JsonNode both = client.signed("GET", MARGIN + "/history", "symbol=BTCUSDT").body();
    JsonNode out = client.signed("GET", MARGIN + "/history", "symbol=BTCUSDT&type=2").body();

    assertThat(added.body().path("code").asInt()).isEqualTo(200);
    assertThat(taken.body().path("type").asInt()).isEqualTo(2);
    assertThat(both.findValuesAsText("amount")).containsExactly("100", "40");
    assertThat(both.findValuesAsText("type")).containsExactly("1", "2");
    assertThat(out.findValuesAsText("amount")).containsExactly("40");
    assertThat(client.signed("GET", "/fapi/v3/positionRisk", "").body().findValue("isolatedWallet"))
        .hasToString("\"360.03\"");
  }

  @Test
  void shouldRefuseWhatCannotBeMoved() {
    refused("symbol=BTCUSDT&amount=1&type=1", -4049);
    isolate();
    refused("symbol=BTCUSDT&amount=1&type=1", -4054);
    client.market(BTC, "BUY", "0.100", "");
    refused("symbol=BTCUSDT&amount=-1&type=1", -4055);
    refused("symbol=BTCUSDT&amount=10000&type=1", -4050);
    refused("symbol=BTCUSDT&amount=10&type=2", -4051);
    refused("symbol=BTCUSDT&amount=10&type=3", -1102);
    refused("symbol=NONEUSDT&amount=10&type=1", -1121);
    assertThat(client.signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=10").code())
        .isEqualTo(-4161);
    assertThat(
            client
                .signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=CROSSED")
                .code())
        .isEqualTo(-4048);
  }

  @Test
  void shouldNotMixIsolatedMarginWithOtherAssets() {
    String assets = "/fapi/v1/multiAssetsMargin";
    isolate();
    assertThat(client.signed("POST", assets, "multiAssetsMargin=true").code()).isEqualTo(-4167);
    client.signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=CROSSED");
    client.signed("POST", assets, "multiAssetsMargin=true");

    Answer isolated =
        client.signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");

    assertThat(isolated.code()).isEqualTo(-4168);
  }

  private void isolate() {
    Answer set = client.signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");
    assertThat(set.status()).isEqualTo(200);
  }

  private void refused(String parameters, int code) {
    assertThat(client.signed("POST", MARGIN, parameters).code()).isEqualTo(code);
  }
}
