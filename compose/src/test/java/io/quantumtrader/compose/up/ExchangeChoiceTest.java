package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.ExchangeAccess.Kind;
import io.quantumtrader.app.parts.RealMarket;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.market.live.SymbolChoice;
import io.quantumtrader.schemas.policy.PolicyRules;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which exchange {@code up} trades on, and what it refuses to. */
final class ExchangeChoiceTest {

  private static final Map<String, String> KEYS =
      Map.of("QUANTUM_BINANCE_KEY", "an-id", "QUANTUM_BINANCE_SECRET", "a-secret");

  @Command
  private static final class Holder {
    @Mixin private UpOptions options = new UpOptions();
  }

  private static ExchangeChoice choice(Map<String, String> environment, String... options) {
    return ExchangeChoice.of(options(options), environment, warning -> {});
  }

  private static UpOptions options(String... options) {
    Holder holder = new Holder();
    var unused =
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    return holder.options;
  }

  @Test
  void shouldBeOnPaperWithoutAMarketOfItsOwn() {
    assertThat(choice(KEYS).kind()).isEqualTo(Kind.PAPER);
    assertThat(choice(KEYS).keys()).isEmpty();
    assertThat(choice(KEYS).market()).isEmpty();
    assertThat(choice(KEYS, "--exchange", "twin").kind()).isEqualTo(Kind.TWIN);
  }

  @Test
  void shouldRefuseALedgerThatOutlivesItsTwin() {
    for (String[] kept :
        new String[][] {{"--data", "data"}, {"--bootstrap-servers", "127.0.0.1:1"}}) {
      assertThatThrownBy(() -> choice(KEYS, "--exchange", "twin", kept[0], kept[1]))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("leave --data and --bootstrap-servers out");
      assertThat(choice(KEYS, "--exchange", "paper", kept[0], kept[1]).kind())
          .isEqualTo(Kind.PAPER);
      assertThat(choice(KEYS, "--exchange", "twin", kept[0], kept[1], "--mode", "observe").kind())
          .isEqualTo(Kind.TWIN);
    }
  }

  @Test
  void shouldTakeTheAddressesOfTheDemoEnvironmentAndAllItsSymbols() {
    ExchangeChoice demo = choice(KEYS, "--exchange", "demo", "--data", "data");

    assertThat(demo.market())
        .contains(
            new RealMarket(
                URI.create("https://demo-fapi.binance.com"),
                Optional.of(URI.create("wss://demo-fstream.binance.com/market")),
                SymbolChoice.all()));
    assertThat(demo.market().orElseThrow().name()).isEqualTo("binance:demo-fapi.binance.com");
    assertThat(demo.keys()).extracting(ApiKey::account).containsExactly("main");
    assertThat(demo.describe().orElseThrow())
        .isEqualTo(
            "market of demo at https://demo-fapi.binance.com, all perpetual contracts in USDT");
  }

  @Test
  void shouldTakeOtherAddressesAndSymbols() {
    ExchangeChoice demo =
        choice(
            KEYS,
            "--exchange",
            "demo",
            "--exchange-url",
            "http://127.0.0.1:7",
            "--exchange-streams",
            "ws://127.0.0.1:8",
            "--data",
            "data",
            "--symbols",
            "btcusdt,ETHUSDT");

    assertThat(demo.market())
        .contains(
            new RealMarket(
                URI.create("http://127.0.0.1:7"),
                Optional.of(URI.create("ws://127.0.0.1:8/market")),
                new SymbolChoice(Set.of("BTCUSDT", "ETHUSDT"))));
  }

  @Test
  void shouldNeedNoKeysWhereNothingTrades() {
    assertThat(choice(Map.of(), "--exchange", "demo", "--without", "executor").keys()).isEmpty();
  }

  @Test
  void shouldSayInOneLineWhichKeysAreMissing() {
    assertThatThrownBy(
            () -> choice(KEYS, "--exchange", "demo", "--data", "data", "--accounts", "main,second"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("there is no key for the account second")
        .hasMessageContaining("--keys FILE")
        .hasMessageNotContainingAny("\n", "a-secret");
    assertThatThrownBy(() -> choice(Map.of(), "--exchange", "demo", "--data", "data"))
        .hasMessageStartingWith("there is no key for the account main");
  }

  @Test
  void shouldTradeOnDemoOnlyWhereTheLedgerLastsAsLongAsThePositions() {
    for (String[] kept :
        new String[][] {
          {"--exchange", "demo", "--data", "data"},
          {"--exchange", "demo", "--bootstrap-servers", "127.0.0.1:9092"}
        }) {
      assertThat(choice(KEYS, kept).keys()).hasSize(1);
      assertThat(ExchangeChoice.forgets(options(kept))).isEmpty();
    }

    UpOptions observed = options("--exchange", "demo", "--mode", "observe");
    assertThat(ExchangeChoice.of(observed, KEYS, warning -> {}).keys()).hasSize(1);
    assertThat(ExchangeChoice.forgets(observed).orElseThrow())
        .contains("the ledger ends with this run");
    assertThat(ExchangeChoice.forgets(options())).isEmpty();

    UpOptions once = options("--exchange", "demo");
    once.oneTrade = Optional.of(new OneTrade("BTCUSDT"));
    assertThat(ExchangeChoice.of(once, KEYS, warning -> {}).keys()).hasSize(1);
    assertThat(once.firstPolicy(7).getAllowedSymbols()).containsExactly("BTCUSDT");
    assertThat(once.firstPolicy(7).getCreatedAtMs()).isEqualTo(7);
    assertThat(PolicyRules.violations(once.firstPolicy(7))).isEmpty();
    assertThat(options().firstPolicy(7).getAllowedSymbols()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--exchange binance, up trades no real money",
    "--exchange demo --exchange-url https://fapi.binance.com, is Binance with real money",
    "--exchange demo --exchange-url https://fapi2.binance.com, is Binance with real money",
    "--exchange demo --exchange-url https://h, would mix two exchanges",
    "--exchange demo, give --data DIR",
    "--exchange demo --mode approve, give --data DIR",
    "--exchange demo --candles x.csv, leave --candles out",
    "--exchange demo --intents x.jsonl, send them with ./quantum intent",
    "--exchange demo --data d --symbols B-C, not names of contracts",
    "--exchange twin --candles x.csv, leave --candles out",
    "--exchange twin --exchange-url http://127.0.0.1:7, --exchange-url is for --exchange demo",
    "--keys x, --keys is for --exchange demo",
    "--symbols BTCUSDT, --symbols is for --exchange demo"
  })
  void shouldRefuseInOneLine(String options, String why) {
    assertThatThrownBy(() -> choice(KEYS, options.split(" ", -1)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }
}
