package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorVerdict.Refuse;
import io.quantumtrader.execution.decision.ResultRecords.Progress;
import io.quantumtrader.execution.decision.ResultRecords.Remark;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
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

class ResultRecordsTest {

  private static final ApplyPlan PLAN = Plans.entry(7, "ETHUSDT", OrderSide.BUY, "2");

  @Test
  void shouldTellAFill() {
    // given
    Fill fill = new Fill("f-1", new BigDecimal("2"), BigDecimal.TEN, BigDecimal.ONE, 5L);

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
  void shouldNeverSendAPlanThatIsKnownFromResultsOnly() {
    // given
    ApplyPlan entry = ResultRecords.planOf(ResultRecords.submitting(PLAN, 1));
    ApplyPlan close =
        ResultRecords.planOf(
            ResultRecords.submitting(Plans.close(8, "ETHUSDT", OrderSide.SELL, "2"), 1));

    // when
    List<ExecutorVerdict> verdicts =
        Stream.of(entry, close)
            .map(plan -> ExecutorDecision.judge(plan, TradingState.ACTIVE, 1))
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
