package io.quantumtrader.connectors.legacy;

import static io.quantumtrader.connectors.legacy.LegacyRecords.NOW_MS;
import static io.quantumtrader.connectors.legacy.LegacyRecords.PLAN_ID;
import static io.quantumtrader.connectors.legacy.LegacyRecords.decimal;
import static io.quantumtrader.connectors.legacy.LegacyRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Range;
import io.quantumtrader.connectors.redis.RealRedis;
import io.quantumtrader.connectors.redis.SinkHarness;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The old keys on a real Redis, as a replay of an earlier day leaves them. */
class LegacyRedisTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private SinkHarness sink;
  private long offset;

  @BeforeEach
  void start() {
    SinkSettings settings =
        SinkSettings.of(REDIS.uri(), "http://localhost:1")
            .withExpiryReference(ExpiryReference.RECORD);
    sink = SinkHarness.start(LegacyContract.sinkConfiguration(settings));
  }

  @AfterEach
  void stop() {
    sink.close();
    assertThat(sink.reported()).isEmpty();
  }

  @Test
  void shouldShowAPositionFromOpenToFlat() {
    // when: open
    put(Topic.POSITION_LEDGER, "main:BTCUSDT", LegacyRecords.ledger().build());
    put(Topic.POSITION_SNAPSHOT, "main:BTCUSDT", LegacyRecords.snapshot().build());

    // then
    assertThat(hash("quantum:position:ledger:BTCUSDT"))
        .containsEntry("ledger_amt", "0.003")
        .containsEntry("opened_at", "1773499940")
        .containsEntry("trades", "3")
        .containsEntry("total_realized_pnl", "12.5");
    assertThat(REDIS.commands().ttl("quantum:position:ledger:BTCUSDT")).isEqualTo(-1);
    assertThat(hash("quantum:position:snapshot:BTCUSDT"))
        .isEqualTo(hash("quantum:state:positions:BTCUSDT"))
        .isEqualTo(hash("quantum:position:BTCUSDT"))
        .containsEntry("position_amt", "-0.05")
        .containsEntry("stop_loss", "60900.1")
        .containsEntry("take_profit", "52800.1")
        .containsEntry("atr_value", "600.0")
        .containsEntry("volatility_factor", "1.5")
        .containsEntry("risk_price", "900.0")
        .containsEntry("entry_risk_usdt", "45.0")
        .containsEntry("risk_missing", "0")
        .containsEntry("notional_usd", "2995.0275")
        .containsEntry("created_at", "1773499940.25");
    assertThat(REDIS.commands().ttl("quantum:position:BTCUSDT")).isBetween(3590L, 3600L);
    assertThat(REDIS.commands().exists("quantum:intent_bridge:last_close:BTCUSDT")).isZero();

    // when: flat
    put(Topic.POSITION_LEDGER, "main:BTCUSDT", LegacyRecords.flatLedger().build());
    put(Topic.POSITION_SNAPSHOT, "main:BTCUSDT", null);

    // then
    assertThat(hash("quantum:position:ledger:BTCUSDT"))
        .containsEntry("ledger_side", "FLAT")
        .doesNotContainKey("opened_at");
    assertThat(keys("quantum:position:snapshot:*")).isEmpty();
    assertThat(keys("quantum:state:positions:*")).isEmpty();
    assertThat(keys("quantum:position:BTCUSDT")).isEmpty();
    assertThat(text("quantum:intent_bridge:last_close:BTCUSDT")).isEqualTo("1773500000");
    assertThat(REDIS.commands().ttl("quantum:intent_bridge:last_close:BTCUSDT"))
        .isBetween(890L, 900L);
  }

  @Test
  void shouldSayWhenAPositionHasNoRiskData() {
    put(Topic.POSITION_SNAPSHOT, "main:BTCUSDT", LegacyRecords.snapshot().setRisk(null).build());

    assertThat(hash("quantum:position:BTCUSDT"))
        .containsEntry("risk_missing", "1")
        .doesNotContainKeys("stop_loss", "atr_value", "risk_price", "entry_risk_usdt");
  }

  @Test
  void shouldImplyAnAtrFromTheStopWhereNoneWasKnown() {
    var risk = LegacyRecords.risk();
    put(
        Topic.POSITION_SNAPSHOT,
        "main:BTCUSDT",
        LegacyRecords.snapshot()
            .setRisk(io.quantumtrader.schemas.avro.Risk.newBuilder(risk).setAtr(null).build())
            .build());

    assertThat(hash("quantum:position:BTCUSDT"))
        .containsEntry("atr_value", "600.0")
        .containsEntry("risk_missing", "0");
  }

  @Test
  void shouldKeepOtherAccountsApart() {
    // when
    put(Topic.POSITION_LEDGER, "alpha:BTCUSDT", LegacyRecords.ledger().setAccount("alpha").build());
    put(
        Topic.POSITION_SNAPSHOT,
        "alpha:BTCUSDT",
        LegacyRecords.snapshot().setAccount("alpha").build());
    put(Topic.PORTFOLIO_STATE, "alpha", LegacyRecords.portfolio().setAccount("alpha").build());
    put(Topic.APPLY_PLAN, "alpha", LegacyRecords.plan().setAccount("alpha").build());
    put(Topic.APPLY_RESULT, "alpha", LegacyRecords.result().setAccount("alpha").build());
    put(Topic.DECISION, "alpha", LegacyRecords.decision().setAccount("alpha").build());
    put(Topic.PERMIT, PLAN_ID, LegacyRecords.permit(PermitKind.P33).setAccount("alpha").build());

    // then
    List<String> keys = keys("*");
    keys.removeIf(key -> key.startsWith("quantum:connect:offset:"));
    assertThat(keys)
        .containsExactlyInAnyOrder(
            "quantum:alpha:position:ledger:BTCUSDT",
            "quantum:alpha:state:positions:BTCUSDT",
            "quantum:alpha:position:snapshot:BTCUSDT",
            "quantum:alpha:position:BTCUSDT",
            "quantum:alpha:state:portfolio",
            "quantum:alpha:equity:current",
            "quantum:alpha:equity_usd",
            "quantum:alpha:stream:apply.plan",
            "quantum:alpha:stream:apply.result",
            "quantum:alpha:stream:decision",
            "quantum:alpha:intent_bridge:seen:i1",
            "quantum:alpha:permit:p33:" + PLAN_ID);
  }

  @Test
  void shouldShowThePortfolio() {
    // when
    put(Topic.PORTFOLIO_STATE, "main", LegacyRecords.portfolio().build());

    // then
    assertThat(hash("quantum:state:portfolio"))
        .containsExactly(
            Map.entry("ts_utc", "1773500000"),
            Map.entry("timestamp", "1773500000"),
            Map.entry("equity_usd", "9987.50"),
            Map.entry("balance_usd", "10000.00"),
            Map.entry("unrealized_pnl_usd", "-12.50"),
            Map.entry("positions_count", "2"),
            Map.entry("positions_notional_usd", "3500.00"),
            Map.entry("source", "portfolio-state-publisher"),
            Map.entry("drawdown", "0.0111"),
            Map.entry("exposure_pct", "7.0"),
            Map.entry("margin_ratio", "285.0"),
            Map.entry("total_realized_pnl", "100.12"));
    assertThat(REDIS.commands().ttl("quantum:state:portfolio")).isBetween(115L, 120L);
    assertThat(hash("quantum:equity:current"))
        .containsExactly(
            Map.entry("equity", "9987.505"),
            Map.entry("peak", "10100.0"),
            Map.entry("last_update_ts", "1773499999.25"));
    assertThat(text("quantum:equity_usd")).isEqualTo("9987.505");
  }

  @Test
  void shouldWriteNoPortfolioWhileEquityIsUnknown() {
    put(Topic.PORTFOLIO_STATE, "main", LegacyRecords.portfolio().setEquity(null).build());

    assertThat(keys("quantum:state:*")).isEmpty();
    assertThat(keys("quantum:equity*")).isEmpty();
  }

  @Test
  void shouldShowAClosePlan() {
    // when
    put(
        Topic.APPLY_PLAN,
        "main",
        LegacyRecords.plan()
            .setSide(OrderSide.SELL)
            .setAction(PlanAction.PARTIAL_25)
            .setReduceOnly(true)
            .setIntentId("")
            .setStopPrice(null)
            .setTargetPrice(null)
            .setConfidence(null)
            .setRegime(null)
            .setKillScore(0.65)
            .setNotes(List.of("QUANTITY_CAPPED_SENDER", "RISK_ATR_MISSING"))
            .setReason("harvest")
            .build());

    // then
    assertThat(entries("quantum:stream:apply.plan"))
        .singleElement()
        .satisfies(
            plan ->
                assertThat(plan)
                    .containsExactly(
                        Map.entry("plan_id", "ce55002fb9d9d7ef"),
                        Map.entry("decision", "EXECUTE"),
                        Map.entry("symbol", "BTCUSDT"),
                        Map.entry("side", "SELL"),
                        Map.entry("type", "MARKET"),
                        Map.entry("qty", "0.008450704225352112"),
                        Map.entry("reduceOnly", "true"),
                        Map.entry("source", "apply_layer"),
                        Map.entry("timestamp", "1773500000"),
                        Map.entry("action", "PARTIAL_25"),
                        Map.entry("leverage", "2.0"),
                        Map.entry("kill_score", "0.65"),
                        Map.entry("reason_codes", "QUANTITY_CAPPED_SENDER,RISK_ATR_MISSING"),
                        Map.entry(
                            "steps",
                            "[{\"step\": \"CLOSE_PARTIAL_25\", \"type\": \"market_reduce_only\","
                                + " \"side\": \"close\", \"pct\": 25.0}]"),
                        Map.entry("price", "71000.0"),
                        Map.entry("reason", "harvest")));
  }

  @Test
  void shouldNameAFullCloseAsReadersKnowIt() {
    put(
        Topic.APPLY_PLAN,
        "main",
        LegacyRecords.plan().setAction(PlanAction.FULL_CLOSE).setReduceOnly(true).build());

    assertThat(entries("quantum:stream:apply.plan").getFirst())
        .containsEntry("action", "FULL_CLOSE_PROPOSED")
        .containsEntry("source", "intent_bridge")
        .doesNotContainKeys("entry_price", "breakeven_price");
  }

  @Test
  void shouldShowDecisionsAndDenials() {
    // when
    put(Topic.DECISION, "main", LegacyRecords.decision().build());

    // then
    assertThat(entries("quantum:stream:decision"))
        .containsExactly(
            Map.ofEntries(
                Map.entry("decision_id", "portfolio-gate:i1:POSITION_LIMIT"),
                Map.entry("stage", "portfolio-gate"),
                Map.entry("verdict", "DENIED"),
                Map.entry("code", "POSITION_LIMIT"),
                Map.entry("cause_type", "INTENT"),
                Map.entry("cause_id", "i1"),
                Map.entry("plan_id", "aaaabbbbccccdddd"),
                Map.entry("symbol", "BTCUSDT"),
                Map.entry("side", "BUY"),
                Map.entry("qty", "0.01"),
                Map.entry("policy", "default"),
                Map.entry("policy_version", "3"),
                Map.entry("numbers", "{\"openPositions\": 10, \"limit\": 10}"),
                Map.entry(
                    "lookups",
                    "[{\"table\": \"quantum.market.state\", \"key\": \"BTCUSDT\","
                        + " \"asOfMs\": 1773500000000, \"ageMs\": 250}]"),
                Map.entry("timestamp", "1773500000")));
    assertThat(entries("quantum:stream:apply.result"))
        .singleElement()
        .satisfies(
            denial ->
                assertThat(denial)
                    .containsExactly(
                        Map.entry("event_type", "apply.result"),
                        Map.entry("plan_id", "aaaabbbbccccdddd"),
                        Map.entry("symbol", "BTCUSDT"),
                        Map.entry("executed", "false"),
                        Map.entry("source", "portfolio-gate"),
                        Map.entry("timestamp", "1773500000"),
                        Map.entry("error", "POSITION_LIMIT"),
                        Map.entry(
                            "details",
                            "{\"plan_id\": \"aaaabbbbccccdddd\", \"symbol\": \"BTCUSDT\","
                                + " \"executed\": false, \"source\": \"portfolio-gate\","
                                + " \"timestamp\": 1773500000, \"decision\": \"DENIED\","
                                + " \"would_execute\": false, \"error\": \"POSITION_LIMIT\","
                                + " \"side\": \"BUY\", \"qty\": 0.01,"
                                + " \"numbers\": {\"openPositions\": 10, \"limit\": 10}}")));
    assertThat(text("quantum:intent_bridge:seen:i1")).isEqualTo("1");
    assertThat(REDIS.commands().ttl("quantum:intent_bridge:seen:i1")).isBetween(86_390L, 86_400L);
  }

  @ParameterizedTest
  @CsvSource({
    // verdict, cause, code: denial on the result stream, dedupe marker
    "DENIED, INTENT, POSITION_LIMIT, true, true",
    "DENIED, INTENT, INTENT_HOLD, false, true",
    "DENIED, INTENT, INTENT_DUPLICATE, true, false",
    "GRANTED, INTENT, PERMIT_GRANTED, false, true",
    "RECORDED, INTENT, RISK_ATR_MISSING, false, false",
    "DENIED, RESULT, FILL_DUPLICATE, false, false",
    "RECORDED, CANDLE, CANDLE_GAP, false, false"
  })
  void shouldTellDenialsOfIntentsFromOtherDecisions(
      Verdict verdict, CauseType cause, String code, boolean denial, boolean marker) {
    put(
        Topic.DECISION,
        "*",
        LegacyRecords.decision()
            .setAccount("*")
            .setVerdict(verdict)
            .setCauseType(cause)
            .setCode(code)
            .setPlanId(null)
            .setSymbol(null)
            .setSide(null)
            .setQuantity(null)
            .build());

    assertThat(entries("quantum:stream:decision")).hasSize(1);
    assertThat(entries("quantum:stream:apply.result")).hasSize(denial ? 1 : 0);
    assertThat(keys("quantum:intent_bridge:seen:i1")).hasSize(marker ? 1 : 0);
    if (denial) {
      assertThat(entries("quantum:stream:apply.result").getFirst())
          .containsEntry("plan_id", "i1")
          .containsEntry("symbol", "");
    }
  }

  @Test
  void shouldShowResultsExceptTheOneBeforeTheExchangeIsCalled() {
    // when
    put(
        Topic.APPLY_RESULT,
        "main",
        LegacyRecords.result().setOutcome(ResultOutcome.SUBMITTING).setFill(null).build());
    put(
        Topic.APPLY_RESULT,
        "main",
        LegacyRecords.result()
            .setPlanId("")
            .setOrigin(ResultOrigin.STOP)
            .setOrderId("paper-7")
            .build());
    put(
        Topic.APPLY_RESULT,
        "main",
        LegacyRecords.result()
            .setOutcome(ResultOutcome.REJECTED)
            .setCode("FILTER_NOTIONAL")
            .setNumbers(List.of(LegacyRecords.number("notional", "4.5")))
            .setMessage("too \"small\"")
            .setFilledQuantity(decimal("0"))
            .setFill(null)
            .setOrderId("")
            .build());
    put(
        Topic.APPLY_RESULT,
        "main",
        LegacyRecords.result()
            .setOutcome(ResultOutcome.UNRESOLVED)
            .setFilledQuantity(decimal("0"))
            .setFill(null)
            .build());

    // then
    List<Map<String, String>> results = entries("quantum:stream:apply.result");
    assertThat(results).extracting(r -> r.get("executed")).containsExactly("true", "false", "true");
    assertThat(results).extracting(r -> r.get("plan_id")).containsExactly("f1", PLAN_ID, PLAN_ID);
    assertThat(results.get(0).get("details"))
        .endsWith(
            "\"order_id\": \"paper-7\", \"filled_qty\": 0.003, \"order_status\": \"FILLED\","
                + " \"origin\": \"STOP\"}");
    assertThat(results.get(1).get("details"))
        .endsWith(
            "\"error\": \"FILTER_NOTIONAL\", \"side\": \"BUY\", \"qty\": 0.003,"
                + " \"numbers\": {\"notional\": 4.5}, \"message\": \"too \\\"small\\\"\"}");
    assertThat(results.get(2).get("details"))
        .endsWith("\"order_id\": 4242, \"filled_qty\": 0.0, \"order_status\": \"UNKNOWN\"}");
  }

  @Test
  void shouldLeavePermitsOfAReplayForTheirMinute() {
    put(Topic.PERMIT, PLAN_ID, LegacyRecords.permit(PermitKind.P33).build());
    put(Topic.PERMIT, "p26", LegacyRecords.permit(PermitKind.P26).setPlanId("p26").build());

    assertThat(REDIS.commands().ttl("quantum:permit:p33:" + PLAN_ID)).isBetween(55L, 60L);
    assertThat(REDIS.commands().ttl("quantum:permit:p26:p26")).isBetween(55L, 60L);
    assertThat(keys("quantum:permit:*")).hasSize(2);
  }

  @Test
  void shouldShowTheUniverse() {
    // when
    put(Topic.UNIVERSE, "active", LegacyRecords.universe("active").build());
    put(Topic.UNIVERSE, "top10", LegacyRecords.universe("top10").build());

    // then
    assertThat(text("quantum:cfg:universe:active"))
        .isEqualTo(text("quantum:cfg:universe:last_ok"))
        .isEqualTo(
            "{\"asof_epoch\": 1773500000, \"source\": \"quantum-streams\", \"mode\": \"testnet\","
                + " \"symbols\": [\"BTCUSDT\", \"ETHUSDT\"], \"filters\":"
                + " {\"contractType\": \"PERPETUAL\", \"status\": \"TRADING\"}}");
    assertThat(hash("quantum:cfg:universe:meta"))
        .containsExactly(
            Map.entry("asof_epoch", "1773500000"),
            Map.entry("last_ok_epoch", "1773500000"),
            Map.entry("count", "2"),
            Map.entry("stale", "0"),
            Map.entry("error", ""));
    assertThat(text("quantum:cfg:universe:top10"))
        .isEqualTo(
            "{\"symbols\": [\"BTCUSDT\", \"ETHUSDT\"], \"generated_at\":"
                + " \"2026-03-14T14:53:20.250000\", \"criteria\": {\"min_sigma\": 0.005,"
                + " \"min_ts\": 0.3, \"max_symbols\": 10}}");
  }

  @Test
  void shouldShowThePolicy() {
    put(
        Topic.POLICY,
        "default",
        Policy.newBuilder().setVersion(3).setAllowedSymbols(List.of("BTCUSDT")).build());
    put(Topic.POLICY, "alpha", Policy.newBuilder().setName("alpha").setVersion(4).build());

    assertThat(hash("quantum:policy:current"))
        .containsEntry("universe_symbols", "[\"BTCUSDT\"]")
        .containsEntry("leverage_by_symbol", "{}")
        .containsEntry("harvest_params", "{\"sigma_ref\": 0.01, \"ts_ref\": 0.3}")
        .containsEntry("valid_until_epoch", "4102444800.0")
        .containsEntry("policy_version", "3");
    assertThat(hash("quantum:alpha:policy:current"))
        .containsEntry("universe_symbols", "[]")
        .containsEntry("policy_version", "4");
  }

  @ParameterizedTest
  @CsvSource({
    "ACTIVE, , ",
    "REDUCING, , LOCKDOWN",
    "HALTED, 1, LOCKDOWN",
    "UNRECOGNIZED, 1, LOCKDOWN",
    ", , LOCKDOWN"
  })
  void shouldShowTheTradingState(TradingState state, String kill, String mode) {
    // given: the opposite
    put(Topic.CONTROL, "*", LegacyRecords.control(TradingState.ACTIVE));
    put(Topic.CONTROL, "*", LegacyRecords.control(TradingState.HALTED));

    // when
    put(Topic.CONTROL, "*", state == null ? null : LegacyRecords.control(state));
    put(Topic.CONTROL, "main", LegacyRecords.control(TradingState.REDUCING));

    // then
    assertThat(text("quantum:kill")).isEqualTo(kill);
    assertThat(text("quantum:system:mode")).isEqualTo(mode);
  }

  @Test
  void shouldNameTheMostProbableRegime() {
    put(
        Topic.MARKET_STATE,
        "A",
        LegacyRecords.marketState().setPTrend(0.4).setPMr(0.4).setPChop(0.2).build());
    put(
        Topic.MARKET_STATE,
        "A",
        LegacyRecords.marketState().setPTrend(0.2).setPMr(0.4).setPChop(0.4).build());
    put(
        Topic.MARKET_STATE,
        "A",
        LegacyRecords.marketState().setPTrend(0.2).setPMr(0.3).setPChop(0.5).build());

    assertThat(entries("quantum:stream:marketstate"))
        .extracting(entry -> entry.get("regime"))
        .containsExactly("trend", "mr", "chop");
    assertThat(REDIS.commands().ttl("quantum:marketstate:A")).isBetween(595L, 600L);
  }

  @Test
  void shouldWriteAShortLedgerWithASign() {
    put(
        Topic.POSITION_LEDGER,
        "main:BTCUSDT",
        LegacyRecords.ledger()
            .setSide(PositionSide.SHORT)
            .setQuantity(decimal("0.00001"))
            .setUpdatedAtMs(NOW_MS)
            .build());

    assertThat(hash("quantum:position:ledger:BTCUSDT"))
        .containsEntry("ledger_amt", "-1e-05")
        .containsEntry("qty", "1e-05");
  }

  private void put(Topic topic, String key, org.apache.avro.generic.IndexedRecord value) {
    sink.put(record(topic, key, value, offset++));
  }

  private static Map<String, String> hash(String key) {
    return REDIS.commands().hgetall(key);
  }

  private static String text(String key) {
    return REDIS.commands().get(key);
  }

  private static List<String> keys(String pattern) {
    return REDIS.commands().keys(pattern);
  }

  private static List<Map<String, String>> entries(String key) {
    return REDIS.commands().xrange(key, Range.unbounded()).stream()
        .map(io.lettuce.core.StreamMessage::getBody)
        .toList();
  }
}
