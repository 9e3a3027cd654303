package io.quantumtrader.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrippedTest {

  private static final String PLANTED = "pl4nted-7f3a";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://quantum:" + PLANTED + "@127.0.0.1:6379",
        "password=" + PLANTED,
        "QUANTUM_REDIS_PASSWORD: " + PLANTED,
        "{\"sasl.password\":\"" + PLANTED + "\",\"user\":\"x\"}",
        "Authorization: Bearer " + PLANTED,
        "X-MBX-APIKEY: " + PLANTED,
        "POST /fapi/v1/order?symbol=BTCUSDT&signature=" + PLANTED + " 200",
        "api_key='" + PLANTED + "'",
        "the listenKey=" + PLANTED + " has expired"
      })
  void shouldTakeOutWhatStandsBehindANameThatSaysSo(String line) {
    assertThat(new Stripped(List.of()).line(line)).doesNotContain(PLANTED).contains("***");
  }

  @Test
  void shouldTakeOutWhatIsKnownToBeASecretWhereverItStands() {
    // given
    Stripped stripped =
        Stripped.of(
            Map.of("ssl.key.password", PLANTED, "client.id", "desk-console"),
            Map.of("QUANTUM_BINANCE_SECRET", "other-" + PLANTED, "HOME", "/home/desk"));

    // then
    assertThat(stripped.line("got " + PLANTED + " and other-" + PLANTED + "!"))
        .isEqualTo("got *** and ***!");
    assertThat(stripped.line("desk-console in /home/desk")).isEqualTo("desk-console in /home/desk");
  }

  @Test
  void shouldLeaveNumbersAndIdsAsTheyAre() {
    String line = "07:33:02  main  BTCUSDT BUY granted by apply-layer: plan 5f1c0a7be3a94d21";

    assertThat(new Stripped(List.of()).line(line)).isEqualTo(line);
  }
}
