package io.quantumtrader.topology.codes;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.codes.Desk.MAIN2;
import static io.quantumtrader.topology.codes.Scenario.denied;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.stream.Stream;

/** What an intent can be refused for before anybody asks how large it is. */
final class BridgeScenarios {

  private static final String BRIDGE = "bridge";

  private BridgeScenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(intake(), tradable(), position()).flatMap(each -> each);
  }

  private static Stream<Scenario> intake() {
    return Stream.of(
        denied(ReasonCode.NUMBER_INVALID, BRIDGE)
            .when(d -> d.intent(intent("i").setLeverage(Double.NaN))),
        denied(ReasonCode.TIME_INVALID, BRIDGE)
            .when(d -> d.intent(intent("i").setCreatedAtMs(NOON + 5_001))),
        denied(ReasonCode.INTENT_EXPIRED, BRIDGE)
            .when(d -> d.intent(intent("i").setCreatedAtMs(NOON - 60_001))),
        denied(ReasonCode.INTENT_DUPLICATE, BRIDGE)
            .given(
                d -> {
                  d.intent(intent("i").setAccount(MAIN2));
                  d.intent(intent("i"));
                  d.clock(NOON + 30_000);
                })
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.INTENT_HOLD, BRIDGE)
            .when(d -> d.intent(intent("i").setAction(IntentAction.HOLD))),
        denied(ReasonCode.ACTION_CONTRADICTORY, BRIDGE)
            .when(
                d -> d.intent(intent("i").setContradictions(List.of("action=BUY", "side=SHORT")))),
        denied(ReasonCode.ACTION_UNRECOGNIZED, BRIDGE)
            .when(d -> d.intent(intent("i").setAction(IntentAction.UNRECOGNIZED))),
        denied(ReasonCode.SYMBOL_INVALID, BRIDGE)
            .when(d -> d.intent(intent("i").setSymbol("btc/usdt"))),
        denied(ReasonCode.TEXT_TOO_LONG, BRIDGE)
            .when(d -> d.intent(intent("i").setReason("x".repeat(RecordBounds.MAX_TEXT + 1)))),
        denied(ReasonCode.INTENT_ID_INVALID, BRIDGE).when(d -> d.intent(intent("i".repeat(129)))));
  }

  private static Stream<Scenario> tradable() {
    return Stream.of(
        denied(ReasonCode.POLICY_MISSING, BRIDGE)
            .given(d -> d.forget(Topic.POLICY, Policy.class, "default"))
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.TRADING_HALTED, BRIDGE)
            .given(d -> d.control(Given.control(MAIN, TradingState.HALTED)))
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.TRADING_REDUCING, BRIDGE)
            .given(
                d -> {
                  d.control(Given.control(Accounts.ALL, TradingState.REDUCING));
                  d.control(Given.control(MAIN2, TradingState.ACTIVE));
                })
            .when(d -> d.intent(intent("i").setAccount(MAIN2))),
        denied(ReasonCode.SYMBOL_LOCKED, BRIDGE)
            .given(
                d ->
                    d.control(
                        Control.newBuilder(Given.control(Accounts.ALL_ORDERS, TradingState.ACTIVE))
                            .setLocks(List.of(Given.lock(BTC, true, false, NOON + 1)))
                            .build()))
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.INSTRUMENT_UNKNOWN, BRIDGE)
            .given(d -> d.policy(Given.policy().setAllowedSymbols(List.of("BNBUSDT"))))
            .when(d -> d.intent(intent("i").setSymbol("BNBUSDT"))),
        denied(ReasonCode.INSTRUMENT_NOT_TRADING, BRIDGE)
            .given(d -> d.instrument(Given.instrument(BTC).setStatus(InstrumentStatus.BREAK)))
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.UNIVERSE_EMPTY, BRIDGE)
            .given(d -> d.universe(Given.top()))
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.SYMBOL_NOT_IN_UNIVERSE, BRIDGE)
            .given(
                d -> {
                  d.policy(Given.policy().setAllowedSymbols(List.of("BNBUSDT", "SOLUSDT")));
                  d.policyOfMain2(Given.policy());
                })
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.MARKET_STATE_MISSING, BRIDGE)
            .given(d -> d.forget(Topic.MARKET_STATE, MarketState.class, BTC))
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.MARKET_STATE_STALE, BRIDGE)
            .given(d -> d.clock(NOON + 125_001))
            .when(d -> d.intent(intent("i").setCreatedAtMs(NOON + 125_001))),
        denied(ReasonCode.PRICE_SUSPECT, BRIDGE)
            .given(
                d -> {
                  d.clock(NOON + MINUTE);
                  d.candle(BTC, NOON, "56799.9");
                })
            .when(d -> d.intent(intent("i"))));
  }

  private static Stream<Scenario> position() {
    return Stream.of(
        denied(ReasonCode.LEDGER_FLIP, BRIDGE)
            .given(
                d -> {
                  d.openLong(MAIN);
                  d.openLong(MAIN2);
                  d.adopt(MAIN2, BTC, OrderSide.BUY, "0.03", "71000");
                })
            .when(
                d ->
                    d.intent(
                        intent("i")
                            .setAction(IntentAction.SELL)
                            .setSizing(Sizing.QUANTITY)
                            .setAmount(dec("0.021")))),
        denied(ReasonCode.POSITION_HELD, BRIDGE)
            .given(d -> d.held(MAIN, BTC, "-0.5"))
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.ALREADY_OPEN, BRIDGE)
            .given(d -> d.openLong(MAIN))
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.ENTRY_IN_FLIGHT, BRIDGE)
            .given(d -> d.plan(intent("first")))
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.CHURN_COOLDOWN, BRIDGE)
            .given(
                d -> {
                  d.openLong(MAIN);
                  d.adopt(MAIN, BTC, OrderSide.SELL, "0.02", "71000");
                  d.clock(NOON + MINUTE);
                  d.candle(BTC, NOON, "71000");
                })
            .when(d -> d.intent(intent("i"))),
        denied(ReasonCode.NOTHING_TO_CLOSE, BRIDGE)
            .given(d -> d.openLong(MAIN2))
            .when(d -> d.intent(closing("i"))));
  }

  /** An intent of the account main that closes all of BTCUSDT. */
  static TradeIntent.Builder closing(String id) {
    return intent(id)
        .setAction(IntentAction.CLOSE)
        .setSizing(Sizing.NONE)
        .setAmount(null)
        .setLeverage(null);
  }
}
