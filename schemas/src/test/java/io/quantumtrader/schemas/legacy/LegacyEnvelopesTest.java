package io.quantumtrader.schemas.legacy;

import static io.quantumtrader.schemas.legacy.LegacyEntries.ID;
import static io.quantumtrader.schemas.legacy.LegacyEntries.ID_MS;
import static io.quantumtrader.schemas.legacy.LegacyEntries.entry;
import static io.quantumtrader.schemas.legacy.LegacyEntries.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Worked examples of the legacy contract, and a message of each known producer. */
class LegacyEnvelopesTest {

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text).setScale(18);
  }

  private static TradeIntent intent(UnaryOperator<TradeIntent.Builder> what) {
    return what.apply(
            TradeIntent.newBuilder().setIntentId(ID).setSymbol("BTCUSDT").setCreatedAtMs(ID_MS))
        .build();
  }

  /** Worked examples of the contract and one row for each producer, by name. */
  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of(
            "W1: autonomous trader, first generation: margin and percents",
            entry(
                "intent_type",
                "AUTONOMOUS_ENTRY",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "side",
                "LONG",
                "position_usd",
                "300.0",
                "leverage",
                "2.0",
                "tp_pct",
                "2.0",
                "sl_pct",
                "1.0",
                "confidence",
                "0.82",
                "regime",
                "TREND",
                "reason",
                "AI signal: BUY conf=0.82 regime=TREND",
                "reduceOnly",
                "false",
                "timestamp",
                "1773499989"),
            intent(
                i ->
                    i.setAction(IntentAction.BUY)
                        .setSizing(Sizing.MARGIN)
                        .setAmount(decimal("300"))
                        .setLeverage(2.0)
                        .setStopLossPct(1.0)
                        .setTakeProfitPct(2.0)
                        .setConfidence(0.82)
                        .setRegime("TREND")
                        .setReason("AI signal: BUY conf=0.82 regime=TREND")
                        .setCreatedAtMs(1_773_499_989_000L))),
        Arguments.of(
            "W2: autonomous trader, second generation: the same under other names",
            entry(
                "symbol",
                "BTCUSDT",
                "side",
                "LONG",
                "confidence",
                "0.82",
                "timestamp",
                "1773499989",
                "position_size_usd",
                "300.0",
                "leverage",
                "2.0",
                "stop_loss",
                "1.0",
                "take_profit",
                "2.0",
                "regime",
                "TREND",
                "intent_type",
                "AUTONOMOUS_ENTRY",
                "action",
                "BUY",
                "reason",
                "AI signal: BUY conf=0.82 regime=TREND",
                "reduceOnly",
                "false"),
            intent(
                i ->
                    i.setAction(IntentAction.BUY)
                        .setSizing(Sizing.MARGIN)
                        .setAmount(decimal("300"))
                        .setLeverage(2.0)
                        .setStopLossPct(1.0)
                        .setTakeProfitPct(2.0)
                        .setConfidence(0.82)
                        .setRegime("TREND")
                        .setReason("AI signal: BUY conf=0.82 regime=TREND")
                        .setCreatedAtMs(1_773_499_989_000L))),
        Arguments.of(
            "W3: AI engine: notional, although a leverage is sent",
            entry(
                "event_type",
                "trade.intent",
                "payload",
                """
                    {"symbol": "ETHUSDT", "side": "BUY", "position_size_usd": 500.0, "leverage": 3,
                     "entry_price": 2500.0, "stop_loss": 2450.0, "take_profit": 2550.0,
                     "confidence": 0.8123, "timestamp": "2026-03-14T14:53:09.250000+00:00",
                     "model": "ensemble", "model_breakdown": {"a": {"b": 1}}, "atr_value": 0.02,
                     "volatility_factor": 1.5, "funding_rate": NaN, "regime": "trend"}""",
                "trace_id",
                "",
                "correlation_id",
                "6c0a",
                "timestamp",
                "2026-03-14T15:00:00.000001",
                "source",
                "ai-engine"),
            intent(
                i ->
                    i.setSymbol("ETHUSDT")
                        .setAction(IntentAction.BUY)
                        .setSizing(Sizing.NOTIONAL)
                        .setAmount(decimal("500"))
                        .setLeverage(3.0)
                        .setPrice(decimal("2500"))
                        .setStopLoss(decimal("2450"))
                        .setTakeProfit(decimal("2550"))
                        .setConfidence(0.8123)
                        .setAtr(0.02)
                        .setVolatilityFactor(1.5)
                        .setRegime("trend")
                        .setSource("ai-engine")
                        .setCreatedAtMs(1_773_499_989_250L))),
        Arguments.of(
            "trading bot: notional, time and source of the envelope",
            entry(
                "event_type",
                "trade.intent",
                "payload",
                """
                    {"symbol":"SOLUSDT","side":"SELL","confidence":0.7,"entry_price":140.25,\
                    "stop_loss":145,"take_profit":130,"position_size_usd":200,"leverage":1,\
                    "model":"momentum","reason":"breakdown"}""",
                "timestamp",
                "2026-03-14T14:53:09",
                "source",
                "trading-bot"),
            intent(
                i ->
                    i.setSymbol("SOLUSDT")
                        .setAction(IntentAction.SELL)
                        .setSizing(Sizing.NOTIONAL)
                        .setAmount(decimal("200"))
                        .setLeverage(1.0)
                        .setPrice(decimal("140.25"))
                        .setStopLoss(decimal("145"))
                        .setTakeProfit(decimal("130"))
                        .setConfidence(0.7)
                        .setReason("breakdown")
                        .setSource("trading-bot")
                        .setCreatedAtMs(1_773_499_989_000L))),
        Arguments.of(
            "W10: strategy router: wrapped in data, quantity null beside a notional",
            entry(
                "data",
                """
                {"symbol": "BTCUSDT", "action": "SELL", "confidence": 0.9, "position_size_usd": 250,
                 "leverage": 5, "timestamp": 1773499989.5, "source": "ai_strategy_router",
                 "stop_loss_pct": 1.5, "take_profit_pct": 3, "entry_price": 71000, "stop_loss": null,
                 "take_profit": null, "quantity": null}"""),
            intent(
                i ->
                    i.setAction(IntentAction.SELL)
                        .setSizing(Sizing.NOTIONAL)
                        .setAmount(decimal("250"))
                        .setLeverage(5.0)
                        .setPrice(decimal("71000"))
                        .setStopLossPct(1.5)
                        .setTakeProfitPct(3.0)
                        .setConfidence(0.9)
                        .setSource("ai_strategy_router")
                        .setCreatedAtMs(1_773_499_989_500L))),
        Arguments.of(
            "event bus bridge: time with Z, content as given",
            entry(
                "event_type",
                "trade.intent",
                "payload",
                "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"quantity\":\"0.25\"}",
                "timestamp",
                "2026-03-14T14:53:09Z",
                "source",
                "bridge"),
            intent(
                i ->
                    i.setAction(IntentAction.BUY)
                        .setSizing(Sizing.QUANTITY)
                        .setAmount(decimal("0.25"))
                        .setSource("bridge")
                        .setCreatedAtMs(1_773_499_989_000L))),
        Arguments.of(
            "live orchestrator: no size that anybody can use",
            entry(
                "event_type",
                "trade.intent",
                "payload",
                "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"source\":\"rl_v3\","
                    + "\"confidence\":0.6,\"size_pct\":0.05}"),
            intent(
                i ->
                    i.setAction(IntentAction.BUY)
                        .setSizing(Sizing.NONE)
                        .setConfidence(0.6)
                        .setSource("rl_v3"))),
        Arguments.of(
            "exit gateway: reduce only, side of the closing order",
            entry(
                "payload",
                "{\"symbol\":\"ETHUSDT\",\"side\":\"SELL\",\"qty\":0.2,\"type\":\"MARKET\","
                    + "\"reduceOnly\":true,\"source\":\"exit_management_agent\",\"patch\":\"5B\","
                    + "\"intent_id\":\"x\",\"confidence\":1.0}"),
            intent(
                i ->
                    i.setSymbol("ETHUSDT")
                        .setAction(IntentAction.SELL)
                        .setReduceOnly(true)
                        .setSizing(Sizing.QUANTITY)
                        .setAmount(decimal("0.2"))
                        .setConfidence(1.0)
                        .setSource("exit_management_agent"))),
        Arguments.of(
            "W6: size and price, lower case",
            entry("symbol", "dogeusdt", "side", "buy", "size", "5000", "price", "0.1"),
            intent(
                i ->
                    i.setSymbol("DOGEUSDT")
                        .setAction(IntentAction.BUY)
                        .setSizing(Sizing.NOTIONAL)
                        .setAmount(decimal("5000"))
                        .setPrice(decimal("0.1")))),
        Arguments.of(
            "W6: quantity and price",
            entry("symbol", "BTCUSDT", "side", "BUY", "qty", "1", "price", "71000"),
            intent(
                i ->
                    i.setAction(IntentAction.BUY)
                        .setSizing(Sizing.QUANTITY)
                        .setAmount(decimal("1"))
                        .setPrice(decimal("71000")))),
        Arguments.of(
            "W12: a small quantity",
            entry("symbol", "BTCUSDT", "side", "BUY", "qty", "1e-05", "leverage", "5"),
            intent(
                i ->
                    i.setAction(IntentAction.BUY)
                        .setSizing(Sizing.QUANTITY)
                        .setAmount(decimal("0.00001"))
                        .setLeverage(5.0))),
        Arguments.of(
            "W12: zeroes that mean nothing",
            entry(
                "payload",
                "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"qty\":0.01,\"price\":71000.0,"
                    + "\"leverage\":0,\"confidence\":0.0,\"stop_loss\":0,\"sl_pct\":1,"
                    + "\"reduceOnly\":1,\"type\":\"limit\",\"atr_value\":\"0.0\"}"),
            intent(
                i ->
                    i.setAction(IntentAction.BUY)
                        .setReduceOnly(true)
                        .setSizing(Sizing.QUANTITY)
                        .setAmount(decimal("0.01"))
                        .setPrice(decimal("71000"))
                        .setConfidence(0.0)
                        .setStopLossPct(1.0))),
        Arguments.of(
            "Python's None is nothing",
            entry(
                "symbol",
                "BTCUSDT",
                "action",
                "None",
                "side",
                "SELL",
                "quantity",
                "None",
                "position_usd",
                "100",
                "leverage",
                "None",
                "stop_loss",
                "",
                "regime",
                "None",
                "timestamp",
                "None"),
            intent(
                i ->
                    i.setAction(IntentAction.SELL)
                        .setSizing(Sizing.MARGIN)
                        .setAmount(decimal("100")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void shouldReadEveryEnvelopeAndSpelling(
      String name, Map<String, String> entry, TradeIntent expected) {
    assertThat(read(entry)).as(name).isEqualTo(expected);
  }
}
