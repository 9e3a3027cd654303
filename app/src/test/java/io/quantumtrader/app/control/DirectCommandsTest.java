package io.quantumtrader.app.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.binance.ApiKeys;
import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.binance.BinanceSettings;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.OrderSide;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The twin as a service, and closing there while no pipeline runs. */
final class DirectCommandsTest {

  @TempDir private Path directory;
  private URI rest;
  private URI streams;
  private Path keys;
  private Thread twin;

  @BeforeEach
  void start() throws Exception {
    keys = directory.resolve("keys");
    int port = freePort();
    int streamPort = freePort();
    rest = URI.create("http://127.0.0.1:" + port);
    streams = URI.create("ws://127.0.0.1:" + streamPort);
    twin =
        Thread.ofPlatform()
            .start(
                () ->
                    CommandRun.of(
                        "service",
                        "exchange-twin",
                        "--port",
                        port,
                        "--stream-port",
                        streamPort,
                        "--accounts",
                        "main,second",
                        "--keys",
                        keys));
    await().atMost(Duration.ofSeconds(60)).until(() -> flatten("--account", "main").code() == 0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() throws Exception {
    twin.interrupt();
    twin.join(Duration.ofSeconds(60));
    assertThat(twin.isAlive()).isFalse();
  }

  private CommandRun flatten(String... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "flatten",
                "--direct",
                "--exchange",
                "twin",
                "--exchange-url",
                rest,
                "--exchange-streams",
                streams,
                "--keys",
                keys));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  private BinanceExchange exchange(String account) {
    return new BinanceExchange(
        BinanceSettings.of(BinanceEnvironment.at("twin", rest, streams)),
        List.of(ApiKeys.from(Map.of(ApiKeys.FILE, keys.toString())).of(account).orElseThrow()),
        System::currentTimeMillis,
        RateBudget.documented(),
        SessionRecorder.none());
  }

  private void open(String account, String symbol, OrderSide side, String quantity) {
    try (BinanceExchange exchange = exchange(account)) {
      long nowMs = System.currentTimeMillis();
      OrderOutcome outcome =
          exchange.execute(
              new MarketOrder(
                  account, symbol, side, new BigDecimal(quantity), false, "t-" + nowMs, nowMs));
      assertThat(outcome).isInstanceOf(OrderOutcome.Accepted.class);
    }
  }

  private List<String> held(String account) {
    try (BinanceExchange exchange = exchange(account)) {
      return exchange
          .account(account, System.currentTimeMillis())
          .orElseThrow()
          .getPositions()
          .stream()
          .map(ExchangePosition::getSymbol)
          .toList();
    }
  }

  @Test
  void shouldCloseAtTheExchangeAndSayWhatItDid() {
    // given
    open("main", "BTCUSDT", OrderSide.BUY, "0.01");
    open("main", "ETHUSDT", OrderSide.SELL, "0.5");
    open("second", "ETHUSDT", OrderSide.BUY, "0.25");

    // when
    CommandRun one = flatten("--symbol", "btcusdt");
    CommandRun rest = flatten();
    CommandRun none = flatten();

    // then
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(one.out()).isEqualToIgnoringNewLines("LONG 0.01 BTCUSDT: FILLED 0.01");
    assertThat(rest.out()).isEqualToIgnoringNewLines("SHORT 0.5 ETHUSDT: FILLED 0.5");
    assertThat(rest.err()).contains("Closed all 1. The executor books them when it runs.");
    assertThat(none.err()).contains("Nothing is open.");
    assertThat(held("main")).isEmpty();
    assertThat(held("second")).containsExactly("ETHUSDT");
  }

  @Test
  void shouldSayInOneLineWhatIsMissing() {
    // when
    CommandRun paper = CommandRun.of("flatten", "--direct");
    CommandRun noKey = flatten("--account", "third");
    CommandRun noReason = CommandRun.of("flatten");

    // then
    assertThat(paper.code()).isEqualTo(2);
    assertThat(paper.err()).contains("--direct needs an exchange of its own");
    assertThat(noKey.code()).isEqualTo(2);
    assertThat(noKey.err()).contains("there is no key for the account third");
    assertThat(noReason.code()).isEqualTo(2);
    assertThat(noReason.err()).contains("--reason TEXT must say why");
  }
}
