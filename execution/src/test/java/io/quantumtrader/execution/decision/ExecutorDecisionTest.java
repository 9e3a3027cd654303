package io.quantumtrader.execution.decision;

import static io.quantumtrader.execution.Plans.EXPIRES_MS;
import static io.quantumtrader.schemas.reason.ReasonCode.EXECUTION_HALTED;
import static io.quantumtrader.schemas.reason.ReasonCode.PERMIT_INVALID;
import static io.quantumtrader.schemas.reason.ReasonCode.PERMIT_LAPSED;
import static io.quantumtrader.schemas.reason.ReasonCode.PLAN_INVALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorVerdict.Ask;
import io.quantumtrader.execution.decision.ExecutorVerdict.Execute;
import io.quantumtrader.execution.decision.ExecutorVerdict.Ignore;
import io.quantumtrader.execution.decision.ExecutorVerdict.Refuse;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExecutorDecisionTest {

  private static final long NOW = 30_000;

  private static ApplyPlan.Builder entry() {
    return Plans.plan(7, "main", "ETHUSDT", OrderSide.BUY, PlanAction.ENTRY, "2");
  }

  private static ApplyPlan.Builder closing(PlanAction action) {
    return Plans.plan(7, "main", "ETHUSDT", OrderSide.SELL, action, "2");
  }

  private static ApplyPlan.Builder update(String stopPrice) {
    return closing(PlanAction.UPDATE_SL).setStopPrice(new BigDecimal(stopPrice));
  }

  private static ApplyPlan withEntryPermit(ApplyPlan plan) {
    Permit permit = Permit.newBuilder(plan.getPermit()).setKind(PermitKind.P33).build();
    return ApplyPlan.newBuilder(plan).setPermit(permit).build();
  }

  private static ApplyPlan withPermit(UnaryOperator<Permit.Builder> change) {
    ApplyPlan plan = entry().build();
    Permit.Builder permit =
        Plans.permit(plan.getPlanId(), "main", "ETHUSDT", PermitKind.P33, new BigDecimal("2"));
    plan = ApplyPlan.newBuilder(plan).setPermit(change.apply(permit).build()).build();
    return plan;
  }

  private static ExecutorVerdict decide(ApplyPlan plan) {
    return ExecutorDecision.decide(
        plan, PlanStanding.NEW, TradingState.ACTIVE, ExecutorMode.TRADE, NOW);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("action", entry().setAction(PlanAction.UNRECOGNIZED).build(), PLAN_INVALID),
        arguments("update without a stop", closing(PlanAction.UPDATE_SL).build(), PLAN_INVALID),
        arguments("update to stop 0", update("0").build(), PLAN_INVALID),
        arguments("update that opens", update("1").setReduceOnly(false).build(), PLAN_INVALID),
        arguments(
            "update with target 0",
            update("1").setTargetPrice(BigDecimal.ZERO).build(),
            PLAN_INVALID),
        arguments(
            "update with an entry's permit", withEntryPermit(update("1").build()), PERMIT_INVALID),
        arguments("trigger", entry().setTrigger(ExitTrigger.UNRECOGNIZED).build(), PLAN_INVALID),
        arguments("side", entry().setSide(OrderSide.UNRECOGNIZED).build(), PLAN_INVALID),
        arguments("entry that reduces", entry().setReduceOnly(true).build(), PLAN_INVALID),
        arguments(
            "close that opens",
            closing(PlanAction.FULL_CLOSE).setReduceOnly(false).build(),
            PLAN_INVALID),
        arguments("quantity 0", entry().setQuantity(BigDecimal.ZERO).build(), PLAN_INVALID),
        arguments("leverage 0", entry().setLeverage(0).build(), PLAN_INVALID),
        arguments("leverage 126", entry().setLeverage(126).build(), PLAN_INVALID),
        arguments("stop 0", entry().setStopPrice(BigDecimal.ZERO).build(), PLAN_INVALID),
        arguments("target 0", entry().setTargetPrice(BigDecimal.ZERO).build(), PLAN_INVALID),
        arguments("no symbol", entry().setSymbol("").build(), PLAN_INVALID),
        arguments("account", entry().setAccount("MAIN").build(), PLAN_INVALID),
        arguments("plan id", entry().setPlanId("no-plan-id").build(), PLAN_INVALID),
        arguments("other plan", withPermit(p -> p.setPlanId(Plans.id(8))), PERMIT_INVALID),
        arguments("other account", withPermit(p -> p.setAccount("second")), PERMIT_INVALID),
        arguments("other symbol", withPermit(p -> p.setSymbol("BTCUSDT")), PERMIT_INVALID),
        arguments("other kind", withPermit(p -> p.setKind(PermitKind.P26)), PERMIT_INVALID),
        arguments(
            "unknown kind", withPermit(p -> p.setKind(PermitKind.UNRECOGNIZED)), PERMIT_INVALID),
        arguments(
            "too much",
            withPermit(p -> p.setQuantity(new BigDecimal("1.999999999999999999"))),
            PERMIT_INVALID));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void shouldRefuse(String what, ApplyPlan plan, ReasonCode code) {
    // when
    ExecutorVerdict verdict = decide(plan);

    // then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Refuse.class,
            refuse -> {
              assertThat(refuse.outcome()).isEqualTo(ResultOutcome.REJECTED);
              assertThat(refuse.code()).isEqualTo(code);
              assertThat(refuse.numbers()).isNotEmpty();
            });
  }

  static Stream<ApplyPlan> executed() {
    return Stream.of(
        entry().build(),
        entry().setLeverage(1).build(),
        entry().setLeverage(125).build(),
        entry().setStopPrice(BigDecimal.ONE).setTargetPrice(BigDecimal.TEN).build(),
        withPermit(p -> p.setQuantity(new BigDecimal("2.000"))),
        withPermit(p -> p.setQuantity(new BigDecimal("2.000000000000000001"))),
        closing(PlanAction.FULL_CLOSE).build(),
        update("0.000000000000000001").build(),
        update("1").setTargetPrice(BigDecimal.TEN).build(),
        closing(PlanAction.PARTIAL_75).build(),
        closing(PlanAction.PARTIAL_50).build(),
        closing(PlanAction.PARTIAL_25).build());
  }

  @ParameterizedTest
  @MethodSource("executed")
  void shouldExecute(ApplyPlan plan) {
    // when
    ExecutorVerdict verdict = decide(plan);

    // then
    assertThat(verdict).isInstanceOf(Execute.class);
  }

  @ParameterizedTest
  @CsvSource({"60999, false", "61000, true", "61001, true"})
  void shouldLapseFromTheMomentThePermitExpires(long nowMs, boolean lapsed) {
    // when
    ExecutorVerdict verdict =
        ExecutorDecision.decide(
            entry().build(), PlanStanding.NEW, TradingState.ACTIVE, ExecutorMode.TRADE, nowMs);

    // then
    if (!lapsed) {
      assertThat(verdict).isInstanceOf(Execute.class);
      return;
    }
    assertThat(verdict)
        .isEqualTo(
            new Refuse(
                ResultOutcome.LAPSED,
                PERMIT_LAPSED,
                List.of(
                    new NumberOf("nowMs", String.valueOf(nowMs)),
                    new NumberOf("grantedAtMs", String.valueOf(Plans.CREATED_MS)),
                    new NumberOf("expiresAtMs", String.valueOf(EXPIRES_MS)))));
  }

  @ParameterizedTest(name = "{0}: entry {1}, close {2}")
  @CsvSource({
    "ACTIVE, true, true",
    "REDUCING, false, true",
    "HALTED, false, false",
    "UNRECOGNIZED, false, false"
  })
  void shouldHoldWhatTheTradingStateForbids(TradingState state, boolean entry, boolean close) {
    // when
    ExecutorVerdict opening =
        ExecutorDecision.decide(entry().build(), PlanStanding.NEW, state, ExecutorMode.TRADE, NOW);
    ExecutorVerdict closing =
        ExecutorDecision.decide(
            closing(PlanAction.FULL_CLOSE).build(),
            PlanStanding.NEW,
            state,
            ExecutorMode.TRADE,
            NOW);

    // then
    assertAllowed(opening, entry);
    assertAllowed(closing, close);
  }

  @ParameterizedTest(name = "halted, trigger {0}: passes {1}")
  @CsvSource({
    "STOP_HIT, true",
    "TARGET_HIT, true",
    "MANUAL_CLOSE, true",
    "LIQUIDATION_GUARD, true",
    "NONE, false",
    "RUNG, false",
    "KILL_SCORE, false",
    "PROFIT_LOCK, false",
    "TRAILING_STOP, false",
    "INTENT, false",
  })
  void shouldLetOnlyUrgentClosesThroughAHalt(ExitTrigger trigger, boolean passes) {
    // given
    ApplyPlan close = closing(PlanAction.FULL_CLOSE).setTrigger(trigger).build();
    ApplyPlan opening = entry().setTrigger(trigger).build();

    // when, then
    assertAllowed(
        ExecutorDecision.decide(
            close, PlanStanding.NEW, TradingState.HALTED, ExecutorMode.TRADE, NOW),
        passes);
    assertAllowed(
        ExecutorDecision.decide(
            close, PlanStanding.NEW, TradingState.REDUCING, ExecutorMode.TRADE, NOW),
        true);
    assertAllowed(
        ExecutorDecision.decide(
            opening, PlanStanding.NEW, TradingState.HALTED, ExecutorMode.TRADE, NOW),
        false);
  }

  private static void assertAllowed(ExecutorVerdict verdict, boolean allowed) {
    if (allowed) {
      assertThat(verdict).isInstanceOf(Execute.class);
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Refuse.class, refuse -> assertThat(refuse.code()).isEqualTo(EXECUTION_HALTED));
    }
  }

  @Test
  void shouldActOnAPlanIdOnce() {
    // given
    ApplyPlan plan = entry().build();

    // when
    ExecutorVerdict answered =
        ExecutorDecision.decide(
            plan, PlanStanding.ANSWERED, TradingState.ACTIVE, ExecutorMode.TRADE, NOW);
    ExecutorVerdict submitted =
        ExecutorDecision.decide(
            plan, PlanStanding.SUBMITTED, TradingState.HALTED, ExecutorMode.TRADE, EXPIRES_MS);

    // then
    assertThat(answered).isInstanceOf(Ignore.class);
    assertThat(submitted).isInstanceOf(Ask.class);
  }
}
