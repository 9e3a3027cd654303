package io.quantumtrader.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.BinanceEnvironment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where an exchange may be, whose keys count, and which commands are told for it. */
final class ExchangeAccessTest {

  @TempDir private Path directory;

  @Command
  private static final class Holder {
    @Mixin private ExchangeOptions exchange = new ExchangeOptions();
  }

  private static ExchangeOptions given(String... options) {
    Holder holder = new Holder();
    var unused =
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    return holder.exchange;
  }

  private static ExchangeOptions at(String kind, String url, String streams) {
    List<String> options = new ArrayList<>(List.of("--exchange", kind));
    if (!url.isEmpty()) {
      options.addAll(List.of("--exchange-url", url));
    }
    if (!streams.isEmpty()) {
      options.addAll(List.of("--exchange-streams", streams));
    }
    return given(options.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "demo, https://demo-fapi.binance.com, wss://demo-fstream.binance.com",
    "demo, https://testnet.example.org, wss://testnet.example.org:8443/stream",
    "demo, http://127.0.0.1:7, ws://127.0.0.1:8",
    "twin, http://localhost:7, ws://localhost:8",
    "twin, http://[::1]:7, ws://[::1]:8",
    "twin, https://twin.example.org, wss://twin.example.org",
    "binance, https://fapi1.binance.com, wss://fstream.binance.com",
    "binance, https://proxy.example.org, wss://proxy.example.org"
  })
  void shouldTakeAddressesOfOneExchange(String kind, String url, String streams) {
    BinanceEnvironment at = at(kind, url, streams).environment();

    assertThat(at.rest()).isEqualTo(URI.create(url));
    assertThat(at.privateStreams()).isEqualTo(URI.create(streams + "/private"));
    assertThat(at.realMoney()).isEqualTo(kind.equals("binance"));
  }

  @ParameterizedTest
  @CsvSource({
    "demo, http://demo-fapi.binance.com, wss://demo-fstream.binance.com, is not encrypted",
    "demo, https://demo-fapi.binance.com, ws://demo-fstream.binance.com, is not encrypted",
    "twin, http://10.0.0.7:9443, ws://10.0.0.7:9444, is not encrypted",
    "twin, http://127.0.0.1.example.org, ws://127.0.0.1:8, is not encrypted",
    "binance, http://fapi.binance.com, wss://fstream.binance.com, is not encrypted",
    "demo, demo-fapi.binance.com, wss://demo-fstream.binance.com, must be like https://host",
    "demo, https:demo, wss://demo-fstream.binance.com, must be like https://host",
    "demo, wss://demo-fapi.binance.com, wss://h, --exchange-url must be like https://host",
    "demo, https://h, https://h, --exchange-streams must be like wss://host",
    "demo, https://me:word@h, wss://h, must be like https://host",
    "demo, https://h/?a=b, wss://h, must be like https://host",
    "demo, https://h, wss://h#part, must be like wss://host",
    "demo, https://h, '', --exchange-url without --exchange-streams would mix two exchanges",
    "demo, '', wss://h, --exchange-streams without --exchange-url would mix two exchanges",
    "binance, https://h, '', 'would mix two exchanges: give both, or neither'",
    "binance, '', wss://h, would mix two exchanges",
    "twin, https://h, '', would mix two exchanges",
    "twin, '', '', needs --exchange-url and --exchange-streams",
    "demo, https://h, wss://fstream.binance.com, --exchange-streams wss://fstream.binance.com is",
    "demo, https://h, wss://FSTREAM.binance.com., is Binance with real money",
    "demo, https://h, wss://binance.com, is Binance with real money",
    "twin, https://h, wss://ws-fapi.binance.com/ws, is Binance with real money",
    "demo, https://fapi.binance.com, wss://h, --exchange-url https://fapi.binance.com is Binance",
    "demo, https://fapi.binance.com, '', is Binance with real money",
    "binance, https://demo-fapi.binance.com, wss://fstream.binance.com, give --exchange demo",
    "binance, https://fapi.binance.com, wss://demo-fstream.binance.com, give --exchange demo"
  })
  void shouldRefuseAddressesInOneLine(String kind, String url, String streams, String why) {
    assertThatThrownBy(() -> at(kind, url, streams).environment())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldTakeTheKeysOfTheNamedFileAlone() throws Exception {
    Path file = directory.resolve("my keys");
    Files.writeString(
        file, "QUANTUM_BINANCE_MAIN_KEY=of-the-file\nQUANTUM_BINANCE_MAIN_SECRET=s\n");
    Map<String, String> environment =
        Map.of(
            "QUANTUM_BINANCE_MAIN_KEY", "of-the-environment",
            "QUANTUM_BINANCE_MAIN_SECRET_FILE", "/there/is/none",
            "QUANTUM_BINANCE_DESK_KEY", "of-another",
            "QUANTUM_BINANCE_DESK_SECRET", "d");
    ExchangeOptions named = given("--exchange", "demo", "--keys", file.toString());

    // With the environment's beside it, the account would have two secrets.
    assertThat(named.keys(List.of("main"), environment, warning -> {}))
        .extracting(ApiKey::account)
        .containsExactly("main");
    assertThatThrownBy(() -> named.keys(List.of("desk"), environment, warning -> {}))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "there is no key for the account desk in --keys %s: it needs".formatted(file)
                + " QUANTUM_BINANCE_DESK_KEY and _SECRET");
    assertThat(given("--exchange", "demo").keys(List.of("desk"), environment, warning -> {}))
        .extracting(ApiKey::account)
        .containsExactly("desk");
  }

  @Test
  void shouldTellCommandsThatCanBeTypedAsTheyStand() {
    ExchangeOptions demo =
        given("--exchange", "demo", "--keys", "my keys", "--record-session", "s");

    assertThat(demo.flattenDirect("desk-2"))
        .isEqualTo("./quantum flatten --direct --exchange demo --keys 'my keys' --account desk-2");
    assertThat(demo.preflightOf(List.of("main", "desk-2")))
        .isEqualTo(
            "./quantum service preflight --exchange demo --keys 'my keys' --accounts main,desk-2"
                + " --market binance --market-url https://demo-fapi.binance.com"
                + " --market-streams wss://demo-fstream.binance.com/market");
    assertThat(given("--exchange", "binance").preflightOf(List.of("main")))
        .isEqualTo(
            "./quantum service preflight --exchange binance --accounts main --i-mean-real-money"
                + " main --market binance --market-url https://fapi.binance.com"
                + " --market-streams wss://fstream.binance.com/market");
  }
}
