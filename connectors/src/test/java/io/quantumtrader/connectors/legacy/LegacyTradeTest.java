package io.quantumtrader.connectors.legacy;

import static io.quantumtrader.connectors.legacy.LegacyRecords.PLAN_ID;
import static io.quantumtrader.connectors.legacy.LegacyRecords.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The old keys that show what is being done: plans, permits, results, decisions. */
@Tag("real")
final class LegacyTradeTest extends LegacySinkOnRedis {

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
            .setCloseShare(0.25)
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
                        Map.entry("leverage", "2"),
                        Map.entry("kill_score", "0.65"),
                        Map.entry("reason_codes", "QUANTITY_CAPPED_SENDER,RISK_ATR_MISSING"),
                        Map.entry(
                            "steps",
                            "[{\"step\": \"CLOSE_PARTIAL_25\", \"type\": \"market_reduce_only\","
                                + " \"side\": \"close\", \"pct\": 25.0}]"),
                        Map.entry("close_qty", "0.008450704225352112"),
                        Map.entry("price", "71000.0"),
                        Map.entry("new_sl_proposed", ""),
                        Map.entry("reason", "harvest"),
                        Map.entry("close_pct", "25.0")));
    String dedupe = "quantum:apply:dedupe:ce55002fb9d9d7ef";
    assertThat(text(dedupe)).isEqualTo("1773500000");
    assertThat(ttl(dedupe)).isBetween(86_390L, 86_400L);
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
  void shouldNotShowAMovedStopAsAnOrder() {
    put(
        Topic.APPLY_PLAN,
        "main",
        LegacyRecords.plan()
            .setAction(PlanAction.UPDATE_SL)
            .setReduceOnly(true)
            .setIntentId("")
            .setStopPrice(decimal("70120.5"))
            .build());
    put(
        Topic.PERMIT,
        PLAN_ID,
        LegacyRecords.permit(PermitKind.P26).setReason("STOP_GRANTED").build());

    assertThat(entries("quantum:stream:apply.plan").getFirst())
        .containsEntry("qty", "0.0")
        .containsEntry("action", "UPDATE_SL")
        .containsEntry("new_sl_proposed", "70120.5")
        .containsEntry(
            "steps",
            "[{\"step\": \"UPDATE_SL\", \"type\": \"stop_loss_order\", \"price\": 70120.5}]")
        .doesNotContainKeys("close_qty", "close_pct");
    assertThat(text("quantum:permit:p33:" + PLAN_ID))
        .startsWith("{\"allow\": false, \"symbol\": \"BTCUSDT\", \"reason\":");
    assertThat(text("quantum:permit:p26:" + PLAN_ID)).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "0.25, PARTIAL_25, PARTIAL_25, 25.0",
    "0.3, PARTIAL_25, PARTIAL_CLOSE, 30.0",
    "0.6, PARTIAL_50, PARTIAL_CLOSE, 60.0",
    "0.75, PARTIAL_75, PARTIAL_75, 75.0"
  })
  void shouldNameAPartByItsShare(double share, PlanAction action, String shown, String percent) {
    put(
        Topic.APPLY_PLAN,
        "main",
        LegacyRecords.plan().setAction(action).setReduceOnly(true).setCloseShare(share).build());

    assertThat(entries("quantum:stream:apply.plan").getFirst())
        .containsEntry("action", shown)
        .containsEntry("close_pct", percent)
        .hasEntrySatisfying(
            "steps", steps -> assertThat(steps).contains("\"pct\": " + percent.replace(".0", "")));
  }

  @Test
  void shouldGiveAClosePlanBothPermits() {
    put(
        Topic.PERMIT,
        PLAN_ID,
        LegacyRecords.permit(PermitKind.P26).setReason("CLOSE_GRANTED").build());

    assertThat(text("quantum:permit:p26:" + PLAN_ID)).isEqualTo("1");
    assertThat(text("quantum:permit:p33:" + PLAN_ID))
        .startsWith("{\"allow\": true")
        .contains("\"safe_qty\":")
        .contains("\"safe_close_qty\":");
  }

  @Test
  void shouldCarryTheIntentsIdOnPlanResultAndDenial() {
    put(Topic.APPLY_PLAN, "main", LegacyRecords.plan().setIntentId("1773499990000-0").build());
    put(Topic.APPLY_RESULT, "main", LegacyRecords.result().setIntentId("1773499990000-0").build());
    put(Topic.DECISION, "main", LegacyRecords.decision().setCauseId("1773499990000-1").build());

    assertThat(entries("quantum:stream:apply.plan").getFirst())
        .containsEntry("intent_id", "1773499990000-0");
    assertThat(entries("quantum:stream:apply.result"))
        .extracting(result -> result.get("intent_id"))
        .containsExactly("1773499990000-0", "1773499990000-1");
    assertThat(entries("quantum:stream:decision").getFirst())
        .containsEntry("intent_id", "1773499990000-1");
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
                Map.entry("timestamp", "1773500000"),
                Map.entry("intent_id", "i1")));
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
                                + " \"numbers\": {\"openPositions\": 10, \"limit\": 10}}"),
                        Map.entry("intent_id", "i1")));
    assertThat(text("quantum:intent_bridge:seen:i1")).isEqualTo("1");
    assertThat(ttl("quantum:intent_bridge:seen:i1")).isBetween(86_390L, 86_400L);
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
    "DENIED, PROPOSAL, HEAT_HOLD, true, false",
    "DENIED, PROPOSAL, ACTION_HOLD, false, false",
    "DENIED, PROPOSAL, POSITION_CHANGED, false, false",
    "DENIED, INTENT, ACTION_HOLD, false, true",
    "GRANTED, PROPOSAL, CLOSE_GRANTED, false, false",
    "RECORDED, CANDLE, CANDLE_GAP, false, false"
  })
  void shouldTellDenialsOfWhatWasAskedForFromOtherDecisions(
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

    assertThat(ttl("quantum:permit:p33:" + PLAN_ID)).isBetween(55L, 60L);
    assertThat(ttl("quantum:permit:p26:p26")).isBetween(55L, 60L);
    // A close has both permits.
    assertThat(keys("quantum:permit:*")).hasSize(3);
  }
}
