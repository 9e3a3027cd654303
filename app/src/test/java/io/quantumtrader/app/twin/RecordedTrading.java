package io.quantumtrader.app.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionFile;
import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.binance.BinanceSettings;
import io.quantumtrader.execution.binance.PreflightRun;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.core.Side;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A session of the adapter with a twin that stands in for the exchange, written into a file. */
final class RecordedTrading {

  private static final String MAIN = "main";
  private static final String BTC = "BTCUSDT";
  private static final String LATIN = "币安人生USDT";
  private static final String KEY = "0123456789abcdefKEY";
  private static final String SECRET = "a-secret-of-the-tests";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RecordedTrading() {}

  /** Trades, and writes down what was asked and answered. */
  static void into(Path file) throws IOException {
    TwinSettings settings =
        TwinSettings.of(
                List.of(TwinAccount.hmac(MAIN, KEY, SECRET, "12345.67")),
                List.of(
                    TwinSymbol.perpetual(BTC, "60000", "0.10", "0.001", "100"),
                    TwinSymbol.perpetual(LATIN, "0.25", "0.0001", "1", "5")))
            .tickMs(20)
            .build();
    try (ExchangeTwin twin = ExchangeTwin.start(settings);
        SessionFile recorder = new SessionFile(file, System::currentTimeMillis)) {
      // What the account holds before, as one does that has traded by hand.
      twin.change((core, now) -> core.settings().leverage(MAIN, LATIN, 7, now));
      twin.change((core, now) -> core.byHand(MAIN, LATIN, Side.SELL, amount("400"), now));
      trade(twin, recorder, file);
    }
  }

  private static void trade(ExchangeTwin twin, SessionFile recorder, Path file) {
    BinanceSettings settings =
        BinanceSettings.of(BinanceEnvironment.at("twin", twin.restUrl(), twin.streamUrl()));
    ApiKey key = new ApiKey(MAIN, KEY, Signer.hmac(SECRET));
    RateBudget budget = RateBudget.documented();
    var unused =
        PreflightRun.run(
            settings, key, List.of(BTC), List.of(), System::currentTimeMillis, budget, recorder);
    try (BinanceExchange exchange =
        new BinanceExchange(settings, List.of(key), System::currentTimeMillis, budget, recorder)) {
      assertThat(exchange.account(MAIN, now())).isPresent();
      exchange.marketLink().restore(MAIN, Optional.empty(), List.of());
      await().atMost(PATIENCE).until(() -> exchange.isStreaming(MAIN));
      trade(twin, exchange, file);
    }
  }

  private static void trade(ExchangeTwin twin, BinanceExchange exchange, Path file) {
    assertThat(exchange.setLeverage(MAIN, BTC, 5, now())).isInstanceOf(Done.class);
    accepted(exchange.execute(order(OrderSide.BUY, "0.010", "qs-0000000000000001", false)));
    Acknowledgement stop =
        exchange.protect(protective(Kind.STOP, "59000", "qs-0000000000000001-s"));
    Acknowledgement target =
        exchange.protect(protective(Kind.TARGET, "61000", "qs-0000000000000001-t"));
    assertThat(List.of(stop, target)).hasOnlyElementsOfType(Done.class);
    assertThat(exchange.account(MAIN, now())).isPresent();
    twin.price(BTC, amount("61200"));
    await().atMost(PATIENCE).until(() -> Files.readString(file).contains("FINISHED"));
    // An order that is executed although its answer is lost, one that is refused, one at a limit.
    twin.faults().next("POST", "/fapi/v1/order", RestFault.cut(true), 1);
    OrderOutcome lost =
        exchange.execute(order(OrderSide.BUY, "0.010", "qs-0000000000000002", false));
    // Its event alone shows that it was executed; a busy machine writes it down late.
    await().atMost(PATIENCE).until(() -> fills(file, "qs-0000000000000002") > 0);
    accepted(exchange.execute(order(OrderSide.SELL, "0.010", "qs-0000000000000003", true)));
    OrderOutcome flat =
        exchange.execute(order(OrderSide.SELL, "0.010", "qs-0000000000000004", true));
    OrderOutcome small =
        exchange.execute(order(OrderSide.BUY, "0.001", "qs-0000000000000005", false));
    OrderOutcome asked = exchange.query(MAIN, BTC, "qs-0000000000000009", now());
    assertThat(List.of(lost, flat, small, asked)).doesNotHaveAnyElementsOfTypes(Accepted.class);
    twin.faults().next("GET", "/fapi/v3/account", RestFault.limited(429, 1), 1);
    assertThat(exchange.account(MAIN, now())).isEmpty();
  }

  private static long fills(Path file, String id) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.contains(id) && line.contains("FILLED")).count();
    }
  }

  private static void accepted(OrderOutcome outcome) {
    assertThat(outcome).isInstanceOf(Accepted.class);
  }

  private static MarketOrder order(OrderSide side, String quantity, String id, boolean reduce) {
    return new MarketOrder(MAIN, BTC, side, amount(quantity), reduce, id, now());
  }

  private static ProtectiveOrder protective(Kind kind, String price, String id) {
    ExitTrigger trigger = kind == Kind.STOP ? ExitTrigger.STOP_HIT : ExitTrigger.TARGET_HIT;
    return new ProtectiveOrder(MAIN, BTC, OrderSide.SELL, kind, amount(price), id, now(), trigger);
  }

  private static BigDecimal amount(String text) {
    return new BigDecimal(text);
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
