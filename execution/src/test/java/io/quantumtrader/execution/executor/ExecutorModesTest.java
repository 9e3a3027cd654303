package io.quantumtrader.execution.executor;

import static io.quantumtrader.schemas.avro.ResultOutcome.AWAITING_APPROVAL;
import static io.quantumtrader.schemas.avro.ResultOutcome.FILLED;
import static io.quantumtrader.schemas.avro.ResultOutcome.LAPSED;
import static io.quantumtrader.schemas.avro.ResultOutcome.REJECTED;
import static io.quantumtrader.schemas.avro.ResultOutcome.SUBMITTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The executor that observes, and the one that asks a person before each entry. */
final class ExecutorModesTest {

  private static final String UNCLAIMED = ReasonCode.APPROVAL_UNCLAIMED.name();
  private static final String ETH = "ETHUSDT";
  private static final ApplyPlan ENTRY = Plans.entry(1, ETH, OrderSide.BUY, "2");
  private static final ApplyPlan CLOSE = Plans.close(2, ETH, OrderSide.SELL, "2");

  private static List<ResultOutcome> outcomes(List<ApplyResult> results) {
    return results.stream().map(ApplyResult::getOutcome).toList();
  }

  @Test
  void shouldSendNothingWhileItObserves() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.OBSERVE);

    // when
    List<ApplyResult> entry = floor.take(ENTRY);
    List<ApplyResult> close = floor.take(CLOSE);

    // then
    assertThat(outcomes(entry)).containsExactly(REJECTED);
    assertThat(outcomes(close)).containsExactly(REJECTED);
    assertThat(floor.exchange().calls()).isEmpty();
  }

  @Test
  void shouldSendAnEntryOnlyOnceAPersonHasGrantedIt() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.APPROVE);

    // when
    List<ApplyResult> before = floor.take(ENTRY);
    List<String> callsBefore = floor.exchange().calls();
    floor.approve(Plans.id(1), true);

    // then
    assertThat(outcomes(before)).containsExactly(AWAITING_APPROVAL);
    assertThat(before.getFirst().getFinalResult()).isFalse();
    assertThat(callsBefore).isEmpty();
    assertThat(outcomes(floor.resultsOf(ENTRY)))
        .containsExactly(AWAITING_APPROVAL, SUBMITTING, FILLED);
    assertThat(floor.deadLetters()).isEmpty();
  }

  @Test
  void shouldOrderOnceHoweverOftenAPersonGrantsIt() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.APPROVE);
    floor.take(ENTRY);

    // when
    floor.approveTwice(Plans.id(1));
    floor.approve(Plans.id(1), true);

    // then
    assertThat(floor.exchange().calls()).filteredOn(call -> call.startsWith("execute")).hasSize(1);
    assertThat(floor.deadLetters()).containsExactly(UNCLAIMED, UNCLAIMED);
  }

  @Test
  void shouldCloseWithoutAsking() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.APPROVE);
    floor.take(ENTRY);
    floor.approve(Plans.id(1), true);

    // when
    List<ApplyResult> close = floor.take(CLOSE);

    // then
    assertThat(outcomes(close)).containsExactly(SUBMITTING, FILLED);
  }

  @Test
  void shouldLapseWithThePermitWhereNobodySaysAnything() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.APPROVE);
    floor.take(ENTRY);

    // when
    floor.clock(Plans.EXPIRES_MS - 1);
    List<ApplyResult> alive = floor.resultsOf(ENTRY);
    floor.clock(Plans.EXPIRES_MS);
    floor.approve(Plans.id(1), true);

    // then
    assertThat(outcomes(alive)).containsExactly(AWAITING_APPROVAL);
    assertThat(outcomes(floor.resultsOf(ENTRY))).containsExactly(AWAITING_APPROVAL, LAPSED);
    assertThat(floor.exchange().calls()).isEmpty();
    assertThat(floor.deadLetters()).containsExactly(UNCLAIMED);
  }

  @Test
  void shouldJudgeAnewWhatWasGranted() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.APPROVE);
    floor.take(ENTRY);
    floor.control("main", TradingState.REDUCING);

    // when
    floor.approve(Plans.id(1), true);

    // then
    ApplyResult last = floor.resultsOf(ENTRY).getLast();
    assertThat(last.getOutcome()).isEqualTo(REJECTED);
    assertThat(last.getCode()).isEqualTo("EXECUTION_HALTED");
    assertThat(floor.exchange().calls()).isEmpty();
  }

  @Test
  void shouldNotLetAnotherAccountSpeakForThePlan() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.APPROVE);
    floor.take(ENTRY);

    // when
    floor.approveFor("second", Plans.id(1));

    // then
    assertThat(outcomes(floor.resultsOf(ENTRY))).containsExactly(AWAITING_APPROVAL);
    assertThat(floor.deadLetters()).containsExactly(UNCLAIMED);
  }

  @Test
  void shouldPutAsideAnApprovalUnderTheKeyOfAnotherAccount() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.APPROVE);
    floor.take(ENTRY);

    // when
    floor.approveUnderAnotherKey("second", Plans.id(1));

    // then
    assertThat(outcomes(floor.resultsOf(ENTRY))).containsExactly(AWAITING_APPROVAL);
    assertThat(floor.deadLetters()).containsExactly(ReasonCode.KEY_VALUE_MISMATCH.name());
  }

  @Test
  void shouldWaitOnAfterARestart() {
    // given: it was committed that the plan waits
    ExecutorFloor before = new ExecutorFloor(ExecutorMode.APPROVE);
    before.take(ENTRY);

    // when
    ExecutorFloor after = before.restarted(ExecutorMode.APPROVE, ENTRY);
    List<String> callsBefore = after.exchange().calls();
    after.approve(Plans.id(1), true);

    // then
    assertThat(callsBefore).isEmpty();
    assertThat(outcomes(after.resultsOf(ENTRY))).containsExactly(SUBMITTING, FILLED);
  }
}
