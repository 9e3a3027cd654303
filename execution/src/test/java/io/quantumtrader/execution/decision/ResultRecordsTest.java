package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorVerdict.Refuse;
import io.quantumtrader.execution.decision.ResultRecords.Progress;
import io.quantumtrader.execution.decision.ResultRecords.Remark;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultRecordsTest {

  private static final ApplyPlan PLAN = Plans.entry(7, "ETHUSDT", OrderSide.BUY, "2");

  @Test
  void shouldTellAFill() {
    // given
    Fill fill = new Fill("f-1", new BigDecimal("2"), BigDecimal.TEN, BigDecimal.ONE, 5L, "", null);

    // when
    ApplyResult result =
        ResultRecords.fill(
            PLAN,
            ResultOutcome.FILLED,
            true,
            fill,
            new Progress("o-1", new BigDecimal("2")),
            Remark.NONE,
            5);

    // then
    assertThat(result.getResultId()).isEqualTo("f-1");
    assertThat(result.getPlanId()).isEqualTo(Plans.id(7));
    assertThat(result.getFill()).isEqualTo(fill);
    assertThat(result.getFinalResult()).isTrue();
    assertThat(result.getOrigin()).isEqualTo(ResultOrigin.PLAN);
    assertThat(result.getFilledQuantity()).isEqualByComparingTo("2");
    assertThat(result.getRequestedQuantity()).isEqualByComparingTo("2");
    assertThat(result.getClientOrderId()).isEqualTo("qs-" + Plans.id(7));
    assertThat(result.getOrderId()).isEqualTo("o-1");
    assertThat(result.getLeverage()).isEqualTo(10);
    assertThat(result.getCode()).isEmpty();
    assertThat(result.getAtMs()).isEqualTo(5);
  }

  @Test
  void shouldGiveEachResultOfAPlanItsOwnId() {
    // when
    Stream<ApplyResult> results =
        Stream.of(
            ResultRecords.submitting(PLAN, 1),
            ResultRecords.unresolved(PLAN, Progress.NONE, "no answer", 1),
            ResultRecords.end(PLAN, ResultOutcome.REJECTED, Progress.NONE, Remark.NONE, 1),
            ResultRecords.end(PLAN, ResultOutcome.LAPSED, Progress.NONE, Remark.NONE, 1));

    // then
    assertThat(results.map(ApplyResult::getResultId)).doesNotHaveDuplicates();
  }

  @Test
  void shouldEndWithCodeAndNumbers() {
    // when
    ApplyResult result =
        ResultRecords.end(
            PLAN,
            ResultOutcome.LAPSED,
            Progress.NONE,
            Remark.of(ReasonCode.PERMIT_LAPSED, Decimals.numbers("nowMs", 5L), "expired"),
            5);

    // then
    assertThat(result.getFinalResult()).isTrue();
    assertThat(result.getFill()).isNull();
    assertThat(result.getCode()).isEqualTo("PERMIT_LAPSED");
    assertThat(result.getNumbers()).hasSize(1);
    assertThat(result.getMessage()).isEqualTo("expired");
  }

  @Test
  void shouldCarryTheIntentOfThePlanAlsoOnceOnlyResultsAreLeftOfIt() {
    // given
    ApplyPlan plan = ApplyPlan.newBuilder(PLAN).setIntentId("1773499990000-0").build();

    // when
    ApplyResult first = ResultRecords.submitting(plan, 1);
    ApplyResult again = ResultRecords.submitting(ResultRecords.planOf(first), 2);

    // then
    assertThat(first.getIntentId()).isEqualTo("1773499990000-0");
    assertThat(again.getIntentId()).isEqualTo("1773499990000-0");
  }

  @Test
  void shouldCarryTriggerAndRungOfThePlanInEachResult() {
    // given
    ApplyPlan plan =
        ApplyPlan.newBuilder(Plans.close(8, "ETHUSDT", OrderSide.SELL, "2"))
            .setTrigger(ExitTrigger.RUNG)
            .setRung(2)
            .build();
    Fill fill = new Fill("f-1", new BigDecimal("2"), BigDecimal.TEN, BigDecimal.ONE, 5L, "", null);
    ApplyResult submitting = ResultRecords.submitting(plan, 1);

    // when
    Stream<ApplyResult> results =
        Stream.of(
            submitting,
            ResultRecords.unresolved(plan, Progress.NONE, "no answer", 1),
            ResultRecords.fill(
                plan, ResultOutcome.FILLED, true, fill, Progress.NONE, Remark.NONE, 1),
            ResultRecords.end(plan, ResultOutcome.REJECTED, Progress.NONE, Remark.NONE, 1),
            ResultRecords.moved(plan, BigDecimal.ONE, Remark.NONE, 1),
            ResultRecords.submitting(ResultRecords.planOf(submitting), 1));

    // then
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.getTrigger()).isEqualTo(ExitTrigger.RUNG);
              assertThat(result.getRung()).isEqualTo(2);
            });
    assertThat(ResultRecords.submitting(PLAN, 1).getTrigger()).isEqualTo(ExitTrigger.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, STOP_HIT, STOP",
    "STOP, PROFIT_LOCK, STOP",
    "STOP, TRAILING_STOP, STOP",
    "TARGET, TARGET_HIT, TARGET",
  })
  void shouldTellWhatAProtectiveOrderDid(Kind kind, ExitTrigger trigger, ResultOrigin origin) {
    // given
    Fill fill = new Fill("p-1", new BigDecimal("2"), BigDecimal.TEN, BigDecimal.ONE, 5L, "", null);
    ProtectiveOrder order =
        new ProtectiveOrder(
            "second", "ETHUSDT", OrderSide.SELL, kind, BigDecimal.TEN, "p", 1, trigger);

    // when
    ApplyResult result = ResultRecords.unplanned(UnplannedFill.of(order, "o", fill, 7), 9);

    // then
    assertThat(result)
        .isEqualTo(
            ApplyResult.newBuilder()
                .setResultId("p-1")
                .setPlanId("")
                .setAccount("second")
                .setSymbol("ETHUSDT")
                .setOrigin(origin)
                .setOutcome(ResultOutcome.FILLED)
                .setFinalResult(true)
                .setSide(OrderSide.SELL)
                .setReduceOnly(true)
                .setRequestedQuantity(new BigDecimal("2"))
                .setFilledQuantity(new BigDecimal("2"))
                .setFill(fill)
                .setClientOrderId("p")
                .setOrderId("o")
                .setLeverage(7)
                .setTrigger(trigger)
                .setAtMs(9)
                .build());
  }

  @Test
  void shouldNeverSendAPlanThatIsKnownFromResultsOnly() {
    // given
    ApplyPlan entry = ResultRecords.planOf(ResultRecords.submitting(PLAN, 1));
    ApplyPlan close =
        ResultRecords.planOf(
            ResultRecords.submitting(Plans.close(8, "ETHUSDT", OrderSide.SELL, "2"), 1));

    // when
    List<ExecutorVerdict> verdicts =
        Stream.of(entry, close)
            .map(plan -> ExecutorDecision.judge(plan, TradingState.ACTIVE, ExecutorMode.TRADE, 1))
            .toList();

    // then
    assertThat(verdicts)
        .allSatisfy(
            verdict ->
                assertThat(verdict)
                    .isInstanceOfSatisfying(
                        Refuse.class,
                        refuse -> assertThat(refuse.code()).isEqualTo(ReasonCode.PERMIT_LAPSED)));
    assertThat(entry.getPlanId()).isEqualTo(PLAN.getPlanId());
    assertThat(ResultRecords.submitting(entry, 1)).isEqualTo(ResultRecords.submitting(PLAN, 1));
  }
}
