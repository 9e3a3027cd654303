package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.fill;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each code, provoked in the whole sub-topology; one step beside it the intent becomes a plan. */
final class DenialsInSubtopologyTest {

  @TempDir Path directory;

  private static Arguments of(
      String code,
      String stage,
      String name,
      BiConsumer<AccountDriver, TradeIntent.Builder> setting) {
    return Arguments.of(code, stage, name, setting);
  }

  private static BiConsumer<AccountDriver, TradeIntent.Builder> policy(Policy.Builder policy) {
    return (driver, i) -> driver.policy(policy.build());
  }

  private static void forget(
      AccountDriver driver, Topic topic, Class<? extends SpecificRecord> type, String key) {
    driver.send(topic, type, key, null, NOON);
  }

  /** Trades one after the other, a millisecond apart: what closes at one step counts together. */
  static void trade(AccountDriver driver, String... profits) {
    for (int i = 0; i < profits.length; i++) {
      driver.clock(NOON + i);
      String exit = dec("100").add(dec(profits[i])).toPlainString();
      driver.result(result("ETHUSDT", OrderSide.BUY, fill("open" + i, "1", "100")));
      driver.result(result("ETHUSDT", OrderSide.SELL, fill("close" + i, "1", exit)));
    }
    driver.drain();
  }

  /** Opens positions of ten dollars each under a policy. */
  private static void hold(AccountDriver driver, int count, Policy.Builder policy) {
    driver.policy(policy.build());
    for (int n = 0; n < count; n++) {
      driver.result(result("COIN" + n + "USDT", OrderSide.BUY, fill("coin" + n, "1", "10")));
    }
  }

  /** Has so many entries granted, so many minutes apart; the plans end without a fill. */
  private static void enter(
      AccountDriver driver, int count, int minutes, TradeIntent.Builder next) {
    for (int n = 0; n < count; n++) {
      long atMs = NOON + (long) n * minutes * MINUTE;
      freshen(driver, atMs);
      ApplyPlan plan = driver.plan(intent("before-" + n).setCreatedAtMs(atMs));
      driver.result(result(plan, null).setResultId("r" + n).setOutcome(ResultOutcome.REJECTED));
    }
    long nowMs = NOON + (long) count * minutes * MINUTE;
    freshen(driver, nowMs);
    next.setCreatedAtMs(nowMs);
  }

  static Stream<Arguments> intake() {
    return Stream.of(
        of(
            "NUMBER_INVALID",
            "bridge",
            "unreadable",
            (r, i) -> i.setUnreadable(List.of("amount=?"))),
        of("NUMBER_INVALID", "bridge", "not finite", (r, i) -> i.setLeverage(Double.NaN)),
        of("NUMBER_INVALID", "bridge", "no amount", (r, i) -> i.setAmount(null)),
        of("SYMBOL_INVALID", "bridge", "no symbol", (r, i) -> i.setSymbol("btc/usdt")),
        of("INTENT_ID_INVALID", "bridge", "no id", (r, i) -> i.setIntentId("")),
        of("ACTION_UNRECOGNIZED", "bridge", "", (r, i) -> i.setAction(IntentAction.UNRECOGNIZED)),
        of("INTENT_HOLD", "bridge", "hold", (r, i) -> i.setAction(IntentAction.HOLD)),
        of("PERMIT_GRANTED", "portfolio-gate", "60 s", (r, i) -> i.setCreatedAtMs(NOON - 60_000)),
        of("INTENT_EXPIRED", "bridge", "60.001 s", (r, i) -> i.setCreatedAtMs(NOON - 60_001)),
        of("PERMIT_GRANTED", "portfolio-gate", "5 s on", (r, i) -> i.setCreatedAtMs(NOON + 5_000)),
        of("TIME_INVALID", "bridge", "5.001 s on", (r, i) -> i.setCreatedAtMs(NOON + 5_001)),
        of("TIME_INVALID", "bridge", "before 1970", (r, i) -> i.setCreatedAtMs(-1)));
  }

  static Stream<Arguments> bridge() {
    return Stream.of(
        of(
            "POLICY_MISSING",
            "bridge",
            "no policy",
            (r, i) -> forget(r, Topic.POLICY, Policy.class, "default")),
        of(
            "TRADING_HALTED",
            "bridge",
            "halted for all",
            (r, i) -> r.control(Given.control(Accounts.ALL, TradingState.HALTED))),
        of(
            "TRADING_REDUCING",
            "bridge",
            "reducing for the account",
            (r, i) -> r.control(Given.control(MAIN, TradingState.REDUCING))),
        of(
            "TRADING_REDUCING",
            "bridge",
            "no control at all",
            (r, i) ->
                forget(
                    r, Topic.CONTROL, io.quantumtrader.schemas.avro.Control.class, Accounts.ALL)),
        of(
            "INSTRUMENT_UNKNOWN",
            "bridge",
            "another symbol",
            (r, i) -> {
              r.policy(Given.policy().setAllowedSymbols(List.of("ETHUSDT")).build());
              i.setSymbol("ETHUSDT");
            }),
        of(
            "INSTRUMENT_NOT_TRADING",
            "bridge",
            "break",
            (r, i) ->
                r.instrument(Given.instrument(BTC).setStatus(InstrumentStatus.BREAK).build())),
        of("UNIVERSE_EMPTY", "bridge", "empty", (r, i) -> r.universe(Given.top())),
        of(
            "SYMBOL_NOT_IN_UNIVERSE",
            "bridge",
            "not listed",
            (r, i) -> r.universe(Given.top("ETHUSDT"))),
        of(
            "MARKET_STATE_MISSING",
            "bridge",
            "warming up",
            (r, i) ->
                forget(
                    r, Topic.MARKET_STATE, io.quantumtrader.schemas.avro.MarketState.class, BTC)),
        of(
            "PERMIT_GRANTED",
            "portfolio-gate",
            "state of 125 s",
            (r, i) -> r.state(Given.state(BTC).setAsOfMs(NOON - 125_000).build())),
        of(
            "MARKET_STATE_STALE",
            "bridge",
            "state of 125.001 s",
            (r, i) -> r.state(Given.state(BTC).setAsOfMs(NOON - 125_001).build())),
        of(
            "PRICE_SUSPECT",
            "bridge",
            "suspect",
            (r, i) -> r.state(Given.state(BTC).setPriceSuspect(true).build())),
        of("NOTHING_TO_CLOSE", "bridge", "flat", (r, i) -> i.setAction(IntentAction.CLOSE)),
        of(
            "POSITION_HELD",
            "bridge",
            "the exchange has more",
            (r, i) -> r.exchange(Given.held(MAIN, BTC, "0.001", NOON))),
        of(
            "PERMIT_GRANTED",
            "portfolio-gate",
            "another symbol is held",
            (r, i) -> r.exchange(Given.held(MAIN, "ETHUSDT", "0.001", NOON))),
        of(
            "PERMIT_GRANTED",
            "portfolio-gate",
            "another account is held",
            (r, i) -> r.exchange(Given.held("other", BTC, "0.001", NOON))),
        of(
            "ALREADY_OPEN",
            "bridge",
            "same side",
            (r, i) -> r.result(result(BTC, OrderSide.BUY, fill("f", "1", "71000")))),
        of(
            "LEDGER_FLIP",
            "bridge",
            "opposite and larger",
            (r, i) -> r.result(result(BTC, OrderSide.SELL, fill("f", "0.007", "71000")))),
        of("ENTRY_IN_FLIGHT", "bridge", "second entry", (r, i) -> r.plan(intent("first"))),
        of(
            "CHURN_COOLDOWN",
            "bridge",
            "just closed",
            (r, i) -> {
              r.result(result(BTC, OrderSide.SELL, fill("f", "1", "71000")));
              r.result(result(BTC, OrderSide.BUY, fill("g", "1", "71000")));
            }));
  }

  static Stream<Arguments> governor() {
    return Stream.of(
        of(
            "SIZE_MISSING",
            "governor",
            "share of nothing",
            (r, i) -> i.setSizing(Sizing.FRACTION).setAmount(dec("0.5"))),
        of(
            "PERMIT_GRANTED",
            "portfolio-gate",
            "size left to the governor",
            (r, i) -> i.setSizing(Sizing.NONE).setAmount(null)),
        of("PERMIT_GRANTED", "portfolio-gate", "leverage 0", (r, i) -> i.setLeverage(0.0)),
        of("LEVERAGE_OUT_OF_RANGE", "governor", "0.9", (r, i) -> i.setLeverage(0.9)),
        of("PERMIT_GRANTED", "portfolio-gate", "125", (r, i) -> i.setLeverage(125.0)),
        of("LEVERAGE_OUT_OF_RANGE", "governor", "126", (r, i) -> i.setLeverage(126.0)),
        of("MIN_QUANTITY", "governor", "35.4 at 2x", (r, i) -> i.setAmount(dec("35.4"))),
        of("PERMIT_GRANTED", "portfolio-gate", "35.5 at 2x", (r, i) -> i.setAmount(dec("35.5"))),
        of(
            "MIN_NOTIONAL",
            "governor",
            "71 of 71.1",
            (r, i) -> {
              r.instrument(Given.instrument(BTC).setMinNotional(dec("71.1")).build());
              i.setAmount(dec("50"));
            }),
        of("PERMIT_GRANTED", "portfolio-gate", "third in an hour", (r, i) -> enter(r, 2, 6, i)),
        of("RATE_HOURLY", "governor", "fourth in an hour", (r, i) -> enter(r, 3, 6, i)),
        of("PERMIT_GRANTED", "portfolio-gate", "second in five", (r, i) -> enter(r, 1, 2, i)),
        of("RATE_BURST", "governor", "third in five minutes", (r, i) -> enter(r, 2, 2, i)),
        of("PERMIT_GRANTED", "portfolio-gate", "third, five on", (r, i) -> enter(r, 2, 5, i)));
  }

  static Stream<Arguments> gate() {
    return Stream.of(
        of(
            "EQUITY_UNKNOWN",
            "portfolio-gate",
            "no wallet",
            (r, i) -> {
              forget(
                  r,
                  Topic.EXCHANGE_ACCOUNT,
                  io.quantumtrader.schemas.avro.ExchangeAccount.class,
                  MAIN);
              r.clock(NOON + 1);
            }),
        of(
            "EQUITY_UNKNOWN",
            "portfolio-gate",
            "nothing left",
            (r, i) -> {
              r.exchange(Given.exchange(MAIN, "0", NOON));
              r.clock(NOON + 1);
            }),
        of(
            "PERMIT_GRANTED",
            "portfolio-gate",
            "third of 3 positions",
            (r, i) -> hold(r, 2, Given.policy().setMaxPositions(3))),
        of(
            "POSITION_LIMIT",
            "portfolio-gate",
            "fourth of 3 positions",
            (r, i) -> hold(r, 3, Given.policy().setMaxPositions(3))),
        of(
            "PERMIT_GRANTED",
            "portfolio-gate",
            "284 of 10000",
            policy(Given.policy().setMaxExposure(0.0284))),
        of(
            "EXPOSURE_LIMIT",
            "portfolio-gate",
            "284 of 10000, a step less allowed",
            policy(Given.policy().setMaxExposure(0.0283))),
        of(
            "PERMIT_GRANTED",
            "portfolio-gate",
            "10000 over 568",
            policy(Given.policy().setMinMarginRatio(17.6))),
        of(
            "MARGIN_RATIO_LIMIT",
            "portfolio-gate",
            "10000 over 568, a step more asked for",
            policy(Given.policy().setMinMarginRatio(17.61))),
        of(
            "DAILY_LOSS_LIMIT",
            "portfolio-gate",
            "2.5 % of the day",
            (r, i) -> {
              r.exchange(Given.exchange(MAIN, "9750", NOON + 1));
              r.clock(NOON + 1);
            }),
        of(
            "PERMIT_GRANTED",
            "portfolio-gate",
            "a cent less",
            (r, i) -> {
              r.exchange(Given.exchange(MAIN, "9750.01", NOON + 1));
              r.clock(NOON + 1);
            }),
        of(
            "DRAWDOWN_LIMIT",
            "portfolio-gate",
            "8 % from the peak",
            (r, i) -> {
              r.policy(Given.policy().setMaxDailyLoss(1.0).build());
              r.exchange(Given.exchange(MAIN, "9200", NOON + 1));
              r.clock(NOON + 1);
            }),
        of("PERMIT_GRANTED", "portfolio-gate", "2 losses", (r, i) -> trade(r, "-1", "-1")),
        of("LOSS_STREAK_LIMIT", "portfolio-gate", "3 losses", (r, i) -> trade(r, "-1", "-1", "-1")),
        of(
            "PERMIT_GRANTED",
            "portfolio-gate",
            "3 losses and a gain between",
            (r, i) -> trade(r, "-1", "-1", "1", "-1")));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource({"intake", "bridge", "governor", "gate"})
  void shouldEndInOneDecision(
      String code,
      String stage,
      String name,
      BiConsumer<AccountDriver, TradeIntent.Builder> setting) {
    try (AccountDriver driver = new AccountDriver(directory).open()) {
      // given
      TradeIntent.Builder intent = intent("i-1");
      setting.accept(driver, intent);
      driver.drain();

      // when
      Decision decision = driver.decide(intent);

      // then
      boolean granted = code.equals("PERMIT_GRANTED");
      assertThat(decision.getCode()).isEqualTo(code);
      assertThat(decision.getStage()).isEqualTo(stage);
      assertThat(decision.getVerdict()).isEqualTo(granted ? Verdict.GRANTED : Verdict.DENIED);
      assertThat(driver.plans()).hasSize(granted ? 1 : 0);
      assertThat(driver.deadLetters()).isEmpty();
    }
  }

  static void freshen(AccountDriver driver, long nowMs) {
    driver.exchange(Given.exchange(MAIN, "10000", nowMs));
    driver.state(Given.state(BTC).setAsOfMs(nowMs).build());
    driver.clock(nowMs);
    driver.drain();
  }
}
