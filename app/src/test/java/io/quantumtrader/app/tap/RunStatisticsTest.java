package io.quantumtrader.app.tap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class RunStatisticsTest {

  private static final BigDecimal ONE = new BigDecimal("1.000000000000000000");

  private final RunStatistics statistics = new RunStatistics();
  private int fillsMade;

  @Test
  void shouldTellExitPlansFromPlansOfIntents() {
    tell(Topic.APPLY_PLAN, "main", plan(PlanAction.ENTRY, "i-1"));
    tell(Topic.APPLY_PLAN, "main", plan(PlanAction.FULL_CLOSE, "i-2"));
    tell(Topic.APPLY_PLAN, "main", plan(PlanAction.PARTIAL_25, ""));
    tell(Topic.APPLY_PLAN, "main", plan(PlanAction.UPDATE_SL, ""));

    Summary summary = statistics.summary();
    assertThat(summary.intentPlans()).isEqualTo(2);
    assertThat(summary.exits().plans()).isEqualTo(2);
  }

  @Test
  void shouldKeepHeldProposalsApartFromDeniedIntents() {
    tell(Topic.DECISION, "main", decision(CauseType.INTENT, Verdict.DENIED, "MIN_NOTIONAL"));
    tell(Topic.DECISION, "main", decision(CauseType.PROPOSAL, Verdict.DENIED, "HEAT_HOLD"));
    tell(Topic.DECISION, "main", decision(CauseType.PROPOSAL, Verdict.DENIED, "HEAT_HOLD"));
    tell(Topic.DECISION, "main", decision(CauseType.PROPOSAL, Verdict.GRANTED, "CLOSE_GRANTED"));
    tell(Topic.DECISION, "main", decision(CauseType.RESULT, Verdict.DENIED, "FILL_DUPLICATE"));

    Summary summary = statistics.summary();
    assertThat(summary.denials()).isEqualTo(Map.of("MIN_NOTIONAL", 1L));
    assertThat(summary.exits().held()).isEqualTo(Map.of("HEAT_HOLD", 2L));
  }

  @Test
  void shouldCountClosingFillsByWhatLedToThem() {
    // given a long of 4 and a short of 2
    tell(Topic.APPLY_RESULT, "main", fill("AUSDT", OrderSide.BUY, "4").build());
    tell(Topic.APPLY_RESULT, "main", fill("BUSDT", OrderSide.SELL, "2").build());

    // when
    result(fill("AUSDT", OrderSide.SELL, "1").setTrigger(ExitTrigger.RUNG).setRung(1));
    result(fill("AUSDT", OrderSide.SELL, "1"));
    result(fill("AUSDT", OrderSide.SELL, "1").setTrigger(ExitTrigger.INTENT));
    ApplyResult.Builder stopped =
        fill("AUSDT", OrderSide.SELL, "1")
            .setOrigin(ResultOrigin.STOP)
            .setTrigger(ExitTrigger.TRAILING_STOP);
    result(stopped);
    result(stopped);
    result(fill("BUSDT", OrderSide.BUY, "1").setOrigin(ResultOrigin.LIQUIDATION));
    result(
        fill("BUSDT", OrderSide.BUY, "1")
            .setOutcome(ResultOutcome.PROTECTED)
            .setTrigger(ExitTrigger.PROFIT_LOCK)
            .setFill(null));

    // then: each fill once, moved stops are no fills, openings count nowhere
    assertThat(statistics.summary().exits().closes())
        .isEqualTo(Map.of("RUNG", 1L, "INTENT", 2L, "TRAILING_STOP", 1L, "LIQUIDATION", 1L));
  }

  @Test
  void shouldCountTheCloseOfAPositionThatAnEarlierRunOpened() {
    // given
    statistics.accept(record(Topic.APPLY_RESULT, "main", fill("AUSDT", OrderSide.BUY, "2"), true));
    statistics.accept(record(Topic.APPLY_RESULT, "main", fill("AUSDT", OrderSide.SELL, "1"), true));

    // when
    result(fill("AUSDT", OrderSide.SELL, "1").setTrigger(ExitTrigger.MANUAL_CLOSE));

    // then
    assertThat(statistics.summary().exits().closes()).isEqualTo(Map.of("MANUAL_CLOSE", 1L));
    assertThat(statistics.summary().fills()).isEqualTo(1);
  }

  @Test
  void shouldTakeOpenPositionsFromTheLedger() {
    tell(Topic.POSITION_LEDGER, "main:AUSDT", ledger("AUSDT", PositionSide.LONG));
    tell(Topic.POSITION_LEDGER, "main:BUSDT", ledger("BUSDT", PositionSide.SHORT));
    tell(Topic.POSITION_LEDGER, "main:BUSDT", ledger("BUSDT", PositionSide.SHORT));
    tell(Topic.POSITION_LEDGER, "main:AUSDT", ledger("AUSDT", PositionSide.FLAT));

    assertThat(statistics.summary().openPositions()).isEqualTo(1);
    assertThat(statistics.summary().maxOpenPositions()).isEqualTo(2);
  }

  @Test
  void shouldShowExitsInBothFormsOfTheSummary() throws Exception {
    // given
    tell(Topic.APPLY_PLAN, "main", plan(PlanAction.PARTIAL_25, ""));
    tell(Topic.DECISION, "main", decision(CauseType.PROPOSAL, Verdict.DENIED, "HEAT_HOLD"));
    tell(Topic.APPLY_RESULT, "main", fill("AUSDT", OrderSide.BUY, "1").build());
    result(fill("AUSDT", OrderSide.SELL, "1").setTrigger(ExitTrigger.STOP_HIT));

    // when
    Summary summary = statistics.summary();
    JsonNode json = new ObjectMapper().readTree(summary.toJson());

    // then
    assertThat(json.get("exitPlans").asLong()).isEqualTo(1);
    assertThat(json.get("held").toString()).isEqualTo("{\"HEAT_HOLD\":1}");
    assertThat(json.get("closes").toString()).isEqualTo("{\"STOP_HIT\":1}");
    assertThat(summary.toLines())
        .anyMatch(line -> line.matches("\\s+exit plans\\s+1"))
        .anyMatch(line -> line.matches("\\s+HEAT_HOLD\\s+1"))
        .anyMatch(line -> line.matches("\\s+STOP_HIT\\s+1"));
  }

  @Test
  void shouldShowWhatWasReadInBothFormsOfTheSummary() throws Exception {
    // given
    ReadInput read = new ReadInput(989, 3, 60_000, 100, 200, 1, 330, 41, 1, 2);

    // when
    Summary with = statistics.summary().withInput(Optional.of(read)).withRedisKeys(7);
    Summary without = statistics.summary();

    // then
    assertThat(new ObjectMapper().readTree(with.toJson()).get("input").toString())
        .isEqualTo(
            "{\"rows\":989,\"symbols\":3,\"intervalMs\":60000,\"firstMs\":100,\"lastMs\":200,"
                + "\"gaps\":1,\"steps\":330,\"intents\":41,\"rejected\":3,"
                + "\"rejectedCandles\":1,\"rejectedIntents\":2}");
    assertThat(with.toLines()).anyMatch(line -> line.matches("\\s+lines rejected\\s+3"));
    assertThat(new ObjectMapper().readTree(without.toJson()).has("input")).isFalse();
    assertThat(without.toLines()).noneMatch(line -> line.contains("rejected"));
  }

  private void tell(Topic topic, String key, SpecificRecord value) {
    statistics.accept(record(topic, key, value, false));
  }

  private void result(ApplyResult.Builder result) {
    tell(Topic.APPLY_RESULT, "main", result.build());
  }

  private static TappedRecord record(
      Topic topic, String key, ApplyResult.Builder value, boolean earlier) {
    return record(topic, key, value.build(), earlier);
  }

  private static TappedRecord record(
      Topic topic, String key, SpecificRecord value, boolean earlier) {
    return TappedRecord.of(
        topic,
        new ConsumerRecord<>(topic.topicName(), 0, 0, key.getBytes(UTF_8), null),
        Optional.of(value),
        earlier);
  }

  private static ApplyPlan plan(PlanAction action, String intentId) {
    return ApplyPlan.newBuilder()
        .setPlanId("0123456789abcdef")
        .setSymbol("AUSDT")
        .setSide(OrderSide.SELL)
        .setAction(action)
        .setReduceOnly(action != PlanAction.ENTRY)
        .setQuantity(ONE)
        .setPrice(ONE)
        .setLeverage(1)
        .setMargin(ONE)
        .setNotional(ONE)
        .setPermit(
            Permit.newBuilder()
                .setPlanId("0123456789abcdef")
                .setSymbol("AUSDT")
                .setKind(PermitKind.P26)
                .setGrantedAtMs(1)
                .setExpiresAtMs(60_001)
                .setQuantity(ONE)
                .setPositionQuantity(ONE)
                .setReason("CLOSE_GRANTED")
                .build())
        .setIntentId(intentId)
        .setCreatedAtMs(1)
        .build();
  }

  private static Decision decision(CauseType cause, Verdict verdict, String code) {
    return Decision.newBuilder()
        .setDecisionId("stage:cause:" + code)
        .setStage("stage")
        .setVerdict(verdict)
        .setCode(code)
        .setCauseType(cause)
        .setCauseId("cause")
        .setAtMs(1)
        .build();
  }

  private ApplyResult.Builder fill(String symbol, OrderSide side, String quantity) {
    String id = "f" + fillsMade++;
    BigDecimal amount = new BigDecimal(quantity).setScale(18);
    return ApplyResult.newBuilder()
        .setResultId(id)
        .setSymbol(symbol)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(side)
        .setReduceOnly(false)
        .setRequestedQuantity(amount)
        .setFilledQuantity(amount)
        .setFill(
            Fill.newBuilder()
                .setFillId(id)
                .setQuantity(amount)
                .setPrice(ONE)
                .setFee(ONE)
                .setAtMs(1)
                .build())
        .setAtMs(1);
  }

  private static PositionLedger ledger(String symbol, PositionSide side) {
    return PositionLedger.newBuilder()
        .setSymbol(symbol)
        .setSide(side)
        .setQuantity(side == PositionSide.FLAT ? BigDecimal.ZERO.setScale(18) : ONE)
        .setEntryPrice(ONE)
        .setRealizedPnl(ONE)
        .setFees(ONE)
        .setPositionRealizedPnl(ONE)
        .setPositionFees(ONE)
        .setUpdatedAtMs(1)
        .build();
  }
}
