package io.quantumtrader.execution.twin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.twin.core.AccountSetup;
import io.quantumtrader.execution.twin.core.TwinCore;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.core.TwinRules;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.execution.twin.engine.ListenKeys;
import io.quantumtrader.execution.twin.engine.RateLimits;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import io.quantumtrader.execution.twin.engine.TwinFaults;
import io.quantumtrader.execution.twin.engine.TwinKeys;
import io.quantumtrader.execution.twin.engine.TwinLimits;
import io.quantumtrader.execution.twin.stream.StreamLimits;
import io.quantumtrader.execution.twin.stream.TwinStreams;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page about the twin names all that it can do. */
final class TwinPageTest {
  private static final Path PAGE = Path.of("..", "docs", "exchange-twin.md");

  @Test
  void shouldNameEachCommand() throws IOException {
    String page = Files.readString(PAGE);
    TwinEngine engine = engine();
    ListenKeys keys = new ListenKeys(1, 1);
    RateLimits limits = new RateLimits(TwinLimits.usual());
    try (TwinStreams streams = new TwinStreams(engine, keys, StreamLimits.usual())) {
      TwinControl control = new TwinControl(engine, streams, keys, limits);

      assertThat(control.commands())
          .isNotEmpty()
          .allSatisfy(command -> assertThat(page).contains("| `" + command + "` |"));
    }
  }

  @Test
  void shouldNameEachAddress() throws IOException {
    String page = Files.readString(PAGE);
    List<Route> routes =
        RestServer.routes(engine(), new TwinKeys(), TwinLimits.usual(), new ListenKeys(1, 1));

    assertThat(routes)
        .hasSizeGreaterThan(40)
        .allSatisfy(
            route -> assertThat(page).contains("`" + route.method() + " " + route.path() + "`"));
  }

  @Test
  void shouldNameEachMethodOfTheWebSocketApi() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(WebSocketApi.methods())
        .hasSizeGreaterThan(10)
        .allSatisfy(method -> assertThat(page).contains("`" + method + "`"));
  }

  @Test
  void shouldNameEachCode() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(TwinError.values())
        .allSatisfy(error -> assertThat(page).contains("| " + error.code() + " |"));
  }

  private static TwinEngine engine() {
    TwinSymbol symbol = TwinSymbol.perpetual("BTCUSDT", "60000", "0.1", "0.001", "5");
    AccountSetup main = new AccountSetup("main", BigDecimal.ONE, BigDecimal.ZERO, false, false);
    TwinCore core = new TwinCore(TwinRules.usual(), List.of(symbol), List.of(main), 1, 0, 0);
    return new TwinEngine(core, new TwinFaults(1), () -> 0);
  }
}
