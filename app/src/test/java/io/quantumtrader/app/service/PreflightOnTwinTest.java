package io.quantumtrader.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quantumtrader.app.Quantum;
import io.quantumtrader.app.parts.ExchangeOptions;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is asked of an exchange before anything is traded there. */
final class PreflightOnTwinTest {

  @TempDir private Path directory;
  private Path keys;
  private List<TwinAccount> accounts;
  private ExchangeTwin twin;

  @BeforeEach
  void start() throws Exception {
    keys = directory.resolve("keys");
    accounts = new TwinKeysFile(keys).accounts(List.of("main", "desk-2"), BigDecimal.TEN);
    twin = started(accounts);
  }

  private static ExchangeTwin started(List<TwinAccount> accounts) throws Exception {
    TwinSymbol symbol = TwinSymbol.perpetual("BTCUSDT", "60000", "0.10", "0.001", "100");
    return ExchangeTwin.start(TwinSettings.of(accounts, List.of(symbol)).build());
  }

  @AfterEach
  void stop() {
    twin.close();
  }

  private record Told(int code, String out, String err) {}

  private Told preflight(String... more) {
    List<String> words = new ArrayList<>(List.of("service", "preflight", "--json"));
    words.addAll(place());
    words.addAll(List.of(more));
    return execute(words);
  }

  /** Returns the options that say where the twin is and where its keys are. */
  private List<String> place() {
    return List.of(
        "--exchange",
        "twin",
        "--exchange-url",
        twin.restUrl().toString(),
        "--exchange-streams",
        twin.streamUrl().toString(),
        "--keys",
        keys.toString());
  }

  private static Told execute(List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Quantum.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Told(command.execute(words.toArray(String[]::new)), out.toString(), err.toString());
  }

  @Test
  void shouldFindNothingAgainstAnAccountThatIsAsItShouldBe() {
    // when
    Told told = preflight("--accounts", "main,desk-2");

    // then
    assertThat(told.out())
        .contains("\"name\":\"main key\",\"ok\":true", "\"name\":\"desk-2 key\",\"ok\":true")
        .doesNotContain("main key\",\"ok\":false");
  }

  @Test
  void shouldRefuseAnAccountInHedgeModeAndLeaveItAsItIs() throws Exception {
    // given
    twin.close();
    twin =
        started(
            List.of(accounts.get(0).withHedgeMode(true), accounts.get(1).withWithdrawals(true)));

    // when
    Told told = preflight("--accounts", "main");

    // then
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.out()).contains("\"name\":\"main position mode\",\"ok\":false");
  }

  @Test
  void shouldTellACommandThatLooksAgainAndCanPass() throws Exception {
    // given
    twin.close();
    twin = started(List.of(accounts.get(0).withHedgeMode(true), accounts.get(1)));
    Holder holder = new Holder();
    var unused =
        new CommandLine(holder)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(place().toArray(String[]::new));
    List<ApiKey> main = holder.exchange.keys(List.of("main"), Map.of(), said -> {});

    // when
    Throwable refused =
        catchThrowable(
            () -> PreflightLines.require("it", holder.exchange, main, List.of(), said -> {}));

    // then
    assertThat(refused).hasMessageStartingWith("it does not start: mend what is marked ✗");
    String told = refused.getMessage().replaceFirst(".*look again with ./quantum ", "");
    twin.change((core, now) -> core.settings().dualSide("main", false));
    assertThat(execute(List.of(told.split(" "))).code()).as(told).isZero();
  }

  @Command
  private static final class Holder {
    @Mixin private ExchangeOptions exchange = new ExchangeOptions();
  }

  @Test
  void shouldSayWhichAccountHasNoKey() {
    // when
    Told told = preflight("--accounts", "third");

    // then
    assertThat(told.code()).isEqualTo(2);
    assertThat(told.err().strip().lines()).hasSize(1);
    assertThat(told.err())
        .contains("no key for the account third", "QUANTUM_BINANCE_THIRD_KEY and _SECRET");
  }
}
