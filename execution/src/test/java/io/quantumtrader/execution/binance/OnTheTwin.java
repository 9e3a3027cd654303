package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.core.TwinRules;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The adapter on the twin of the exchange, with the clock of the wall. */
abstract class OnTheTwin {

  static final String MAIN = "main";
  static final String HEDGED = "hedged";
  static final String BTC = "BTCUSDT";
  static final String KEY = "plantedKey0123456789";
  static final String SECRET = "plantedSecret0123456789";
  static final String PLAN = "qs-0123456789abcdef";
  static final String OTHER_PLAN = "qs-fedcba9876543210";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  ExchangeTwin twin;
  BinanceExchange exchange;
  RateBudget budget;

  @BeforeEach
  void start() throws IOException {
    twin =
        ExchangeTwin.start(
            TwinSettings.of(
                    List.of(
                        account(),
                        TwinAccount.hmac(HEDGED, "hedgedKey0123456789", "hedgedSecret", "500")
                            .withHedgeMode(true)),
                    List.of(
                        TwinSymbol.perpetual(BTC, "60000", "0.10", "0.001", "100"),
                        TwinSymbol.perpetual("币安人生USDT", "0.25", "0.0001", "1", "5")))
                .rules(rules())
                .tickMs(20)
                .build());
    exchange = open(SessionRecorder.none());
  }

  @AfterEach
  void stop() {
    exchange.close();
    twin.close();
  }

  /** Returns the account as the twin has it. */
  TwinAccount account() {
    return TwinAccount.hmac(MAIN, KEY, SECRET, "10000");
  }

  TwinRules rules() {
    return TwinRules.usual();
  }

  Signer signer() {
    return Signer.hmac(SECRET);
  }

  /** Opens the adapter anew, as another process would. */
  BinanceExchange open(SessionRecorder recorder) {
    budget = RateBudget.documented();
    return new BinanceExchange(
        settings(),
        List.of(
            new ApiKey(MAIN, KEY, signer()),
            new ApiKey(HEDGED, "hedgedKey0123456789", Signer.hmac("hedgedSecret"))),
        System::currentTimeMillis,
        budget,
        recorder);
  }

  BinanceSettings settings() {
    BinanceSettings usual =
        BinanceSettings.of(BinanceEnvironment.at("twin", twin.restUrl(), twin.streamUrl()));
    return new BinanceSettings(
        usual.environment(),
        usual.rest(),
        usual.quoteAsset(),
        usual.workingType(),
        usual.sendsWithin(),
        Duration.ofMillis(800),
        usual.instrumentsEvery(),
        syncEvery(),
        keepAliveEvery(),
        usual.silence());
  }

  /** A connection that is cut is not always noticed at once: then this is how long it takes. */
  Duration syncEvery() {
    return Duration.ofSeconds(2);
  }

  Duration keepAliveEvery() {
    return Duration.ofMinutes(30);
  }

  static long now() {
    return System.currentTimeMillis();
  }

  static MarketOrder order(OrderSide side, String quantity, boolean reduceOnly, String id) {
    return new MarketOrder(MAIN, BTC, side, new BigDecimal(quantity), reduceOnly, id, now());
  }

  static ProtectiveOrder stop(String price, String plan, ExitTrigger trigger) {
    return new ProtectiveOrder(
        MAIN, BTC, OrderSide.SELL, Kind.STOP, new BigDecimal(price), plan + "-s", now(), trigger);
  }

  static ProtectiveOrder target(String price, String plan) {
    return new ProtectiveOrder(
        MAIN, BTC, OrderSide.SELL, Kind.TARGET, new BigDecimal(price), plan + "-t", now());
  }

  /** Buys, and returns the order. */
  Accepted buy(String quantity, String id) {
    OrderOutcome outcome = exchange.execute(order(OrderSide.BUY, quantity, false, id));
    assertThat(outcome).isInstanceOf(Accepted.class);
    return (Accepted) outcome;
  }

  void protect(ProtectiveOrder order) {
    assertThat(exchange.protect(order)).isInstanceOf(Acknowledgement.Done.class);
  }

  /** Begins to follow the account, and waits until its stream stands. */
  void follow() {
    exchange.marketLink().restore(MAIN, Optional.empty(), List.of());
    await(() -> exchange.isStreaming(MAIN));
    assertThat(exchange.marketLink().unplanned(MAIN, now())).isEmpty();
  }

  /** Returns fills that no plan asked for, as soon as there are so many. */
  List<UnplannedFill> unplanned(int count) {
    List<UnplannedFill> fills = new ArrayList<>();
    await(
        () -> {
          fills.addAll(exchange.marketLink().unplanned(MAIN, now()));
          return fills.size() >= count;
        });
    return fills;
  }

  ExchangePosition position() {
    return exchange.account(MAIN, now()).orElseThrow().getPositions().getFirst();
  }

  static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it took too long").isLessThan(until);
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
