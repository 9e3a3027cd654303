package io.quantumtrader.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.app.Quantum;
import io.quantumtrader.binance.testing.LocalExchange;
import io.quantumtrader.binance.testing.LocalExchange.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class PreflightCommandTest {

  private final AtomicLong aheadMs = new AtomicLong();
  private LocalExchange server;

  @BeforeEach
  void start() throws IOException {
    server =
        LocalExchange.start(
            () -> System.currentTimeMillis() + aheadMs.get(), List.of("BTCUSDT", "ETHUSDT"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldPassWhereTheMarketCanBeFed() throws Exception {
    Told told = preflight("--market", "binance", "--symbols", "BTCUSDT,ETHUSDT");

    assertThat(told.exitCode()).isZero();
    assertThat(told.json().path("ok").booleanValue()).isTrue();
    assertThat(told.said("exchange")).isEqualTo("exchange paper: no order leaves this system");
    assertThat(told.said("market")).contains("real prices");
    assertThat(told.said("answers")).isEqualTo(server.url() + " answers");
    assertThat(told.said("clock")).startsWith("this machine's clock is ");
    assertThat(told.said("symbols")).isEqualTo("2 symbols trade");
  }

  @Test
  void shouldSayWhatToSetWhereTheMarketIsGenerated() throws Exception {
    Told told = preflight("--market", "generated");

    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told.json().path("ok").booleanValue()).isFalse();
    assertThat(told.said("market")).contains("set QUANTUM_MARKET=binance");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void shouldFailByTheClock() throws Exception {
    aheadMs.set(60_000);

    Told told = preflight("--market", "binance", "--symbols", "BTCUSDT");

    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told.said("clock"))
        .contains("behind the exchange's; the limit is 5 s: synchronise the clock with NTP");
  }

  @Test
  void shouldFailByASymbolThatIsNotThere() throws Exception {
    Told told = preflight("--market", "binance", "--symbols", "btcusdt,NONEUSDT");

    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told.said("symbols")).startsWith("not traded: NONEUSDT (unknown)");
  }

  @Test
  void shouldFailWhereNobodyAnswers() throws Exception {
    server.fail("/", new Fault.Status(451, ""));

    Told told = preflight("--market", "binance", "--symbols", "BTCUSDT");

    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told.said("answers")).contains("/fapi/v1/time answered 451");
  }

  @Test
  void shouldReachRealMoneyUnderNoOtherName() {
    for (String kind : List.of("demo", "twin")) {
      for (String host : List.of("fapi.binance.com", "FAPI1.Binance.com", "fapi.binance.com.")) {
        StringWriter errors = new StringWriter();
        int exitCode =
            Quantum.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute(
                    "service",
                    "preflight",
                    "--exchange=" + kind,
                    "--exchange-url=https://" + host,
                    "--exchange-streams=ws://127.0.0.1:1");

        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString()).contains("real money, which only --exchange binance trades");
      }
    }
  }

  @Test
  void shouldRefuseInOneLineWhatCannotBe() {
    for (List<String> options :
        List.of(
            List.of("--market", "other"),
            List.of("--market", "binance", "--market-url", "nowhere"),
            List.of("--market", "binance", "--market-streams", "https://fapi.binance.com"),
            List.of("--market", "binance", "--symbols", "BTC/USDT"),
            List.of("--exchange", "real"),
            List.of("--exchange", "twin"),
            List.of("--exchange", "demo", "--keys", "/no/such/file"),
            List.of("--exchange", "binance"),
            List.of("--exchange", "demo", "--exchange-url", "https://fapi.binance.com"),
            List.of("--exchange", "demo", "--i-mean-real-money", "main"))) {
      StringWriter errors = new StringWriter();
      CommandLine command = Quantum.commandLine().setErr(new PrintWriter(errors, true));
      List<String> words = new ArrayList<>(List.of("service", "preflight"));
      words.addAll(options);

      int exitCode = command.execute(words.toArray(String[]::new));

      assertThat(exitCode).as("%s", options).isNotZero();
      assertThat(errors.toString().strip().lines()).as("%s", options).hasSize(1);
    }
  }

  @Test
  void shouldTakeAllThatTradeWhereNoneIsNamedAndContractsWithADateWhereTheyAre() throws Exception {
    // given
    server.close();
    server =
        LocalExchange.start(
            System::currentTimeMillis, List.of("BTCUSDT", "ETHUSDT", "BTCUSDT_260327", "OLDUSDT"));
    server.type("BTCUSDT_260327", "CURRENT_QUARTER");
    server.status("OLDUSDT", "SETTLING");

    // when, then
    assertThat(preflight("--market", "binance").said("symbols")).isEqualTo("2 symbols trade");
    assertThat(preflight("--market", "binance", "--symbols", "all").said("symbols"))
        .isEqualTo("2 symbols trade");
    assertThat(
            preflight("--market", "binance", "--symbols", "BTCUSDT,BTCUSDT_260327").said("symbols"))
        .isEqualTo("2 symbols trade");
  }

  @Test
  void shouldAskForSymbolsOfAnyScript() throws Exception {
    // given
    server.close();
    server =
        LocalExchange.start(System::currentTimeMillis, List.of("\u5e01\u5b89\u4eba\u751fUSDT"));

    // when
    Told told = preflight("--market", "binance", "--symbols", "\u5e01\u5b89\u4eba\u751fUSDT");

    // then
    assertThat(told.said("symbols")).isEqualTo("1 symbols trade");
    assertThat(told.exitCode()).isZero();
  }

  private Told preflight(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("service", "preflight", "--json"));
    words.addAll(List.of("--market-url", server.url().toString()));
    words.addAll(List.of(options));
    StringWriter out = new StringWriter();
    int exitCode =
        Quantum.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute(words.toArray(String[]::new));
    return new Told(exitCode, new JsonMapper().readTree(out.toString()));
  }

  private record Told(int exitCode, JsonNode json) {

    String said(String name) {
      for (JsonNode finding : json.path("findings")) {
        if (finding.path("name").asText().equals(name)) {
          return finding.path("said").asText();
        }
      }
      return "nothing about " + name;
    }
  }
}
