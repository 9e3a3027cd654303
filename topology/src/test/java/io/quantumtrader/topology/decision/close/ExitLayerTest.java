package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.decision.Denials.codeOf;
import static io.quantumtrader.topology.decision.Denials.numbersOf;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.GateResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which exits are planned, and which are refused or have to wait. */
final class ExitLayerTest extends ExitLayerCases {

  private static final String KILL_KEY = "main:BTCUSDT:1|KILL_SCORE|0";
  private static final String KILL_PLAN = "4798c2bc33ee784b";
  private static final String SECOND_KILL_PLAN = "64d42159d473d543";

  @Test
  void shouldPlanAFullCloseAtThePriceItWasProposedAt() {
    // when
    ClosePlan granted = granted(close());

    // then
    ApplyPlan plan = granted.plan();
    assertThat(plan.getPlanId()).isEqualTo(KILL_PLAN);
    assertThat(plan.getIntentId()).isEmpty();
    assertThat(plan.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(plan.getSide()).isEqualTo(OrderSide.SELL);
    assertThat(plan.getQuantity()).isEqualTo(dec("0.02"));
    assertThat(plan.getPrice()).isEqualTo(dec("72000"));
    assertThat(plan.getNotional()).isEqualTo(dec("1440"));
    assertThat(plan.getLeverage()).isEqualTo(3);
    assertThat(plan.getStopPrice()).isNull();
    assertThat(plan.getTargetPrice()).isNull();
    assertThat(plan.getSource()).isEqualTo("harvest");
    assertThat(plan.getReason()).isEqualTo("kill_score_triggered,ts_drop");
    assertThat(plan.getRegime()).isEqualTo("mr");
    assertThat(plan.getKillScore()).isEqualTo(0.7);
    assertThat(plan.getRNet()).isEqualTo(0.4645);
    assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.KILL_SCORE);
    assertThat(plan.getRung()).isZero();
    assertThat(plan.getAttempt()).isZero();
    assertThat(plan.getPolicyName()).isEqualTo("own");
    assertThat(plan.getPolicyVersion()).isEqualTo(3);
    assertThat(plan.getPermit().getReason()).isEqualTo("CLOSE_GRANTED");
    assertThat(granted.code().name()).isEqualTo("CLOSE_GRANTED");
    assertThat(text(granted.numbers().list()))
        .containsExactly(
            "trigger=KILL_SCORE",
            "quantity=0.02",
            "open=0.02",
            "price=72000",
            "attempt=0",
            "rNet=0.4645",
            "killScore=0.7");
    assertThat(granted.attempt()).contains(new ExitAttempt(MAIN, KILL_KEY, 0, KILL_PLAN, NOON));
    assertThat(granted.inFlight().getExitKey()).isEqualTo(KILL_KEY);
    assertThat(granted.inFlight().getTrigger()).isEqualTo(ExitTrigger.KILL_SCORE);
  }

  @Test
  void shouldPlanTheShareOfARung() {
    // when
    ClosePlan granted = granted(rung(2));

    // then
    assertThat(granted.plan().getAction()).isEqualTo(PlanAction.PARTIAL_25);
    assertThat(granted.plan().getQuantity()).isEqualTo(dec("0.005"));
    assertThat(granted.plan().getRung()).isEqualTo(2);
    assertThat(granted.inFlight().getRung()).isEqualTo(2);
    assertThat(granted.inFlight().getExitKey()).isEqualTo("main:BTCUSDT:1|RUNG|2");
  }

  @Test
  void shouldCloseNoOtherPositionThanWasMeant() {
    HarvestProposal.Builder other = close().setPositionId("main:BTCUSDT:2");

    assertThat(codeOf(denial(other))).isEqualTo("POSITION_CHANGED");
    assertThat(numbersOf(denial(other)))
        .containsExactly("proposedFor=main:BTCUSDT:2", "open=main:BTCUSDT:1");
  }

  @Test
  void shouldCloseNothingWhereNothingIsOpen() {
    // when
    row = Optional.empty();
    Optional<Finding> never = denial(close());
    row = Optional.of(Given.longBtc().setSide(PositionSide.FLAT).setQuantity(dec("0")).build());
    Optional<Finding> flat = denial(close());

    // then
    assertThat(codeOf(never)).isEqualTo("POSITION_CHANGED");
    assertThat(codeOf(flat)).isEqualTo("POSITION_CHANGED");
    assertThat(numbersOf(flat)).containsExactly("proposedFor=main:BTCUSDT:1", "open=");
  }

  @ParameterizedTest
  @CsvSource({"HOLD, ACTION_HOLD", "NONE, ACTION_HOLD", "NOOP, ACTION_UNKNOWN"})
  void shouldRefuseWhatIsNoExit(String action, String code) {
    assertThat(codeOf(denial(close().setAction(action)))).isEqualTo(code);
    assertThat(numbersOf(denial(close().setAction(action))))
        .startsWith("rNet=0.4645", "killScore=0.7");
  }

  @Test
  void shouldSayHowAnOldWordWasRead() {
    assertThat(numbersOf(denial(close().setAction("UNKNOWN"))))
        .containsExactly("rNet=0.4645", "killScore=0.7", "note=ACTION_NORMALIZED_TO_HOLD");
    ClosePlan closed = granted(close().setAction("EXIT"));
    assertThat(closed.plan().getNotes()).containsExactly("ACTION_NORMALIZED_TO_CLOSE");
    assertThat(text(closed.numbers().list())).contains("note=ACTION_NORMALIZED_TO_CLOSE");
  }

  @Test
  void shouldRefuseATriggerThatThisVersionDoesNotKnow() {
    HarvestProposal.Builder unknown = close().setTrigger(ExitTrigger.UNRECOGNIZED);

    assertThat(codeOf(denial(unknown))).isEqualTo("ACTION_UNKNOWN");
    assertThat(numbersOf(denial(unknown))).contains("trigger=UNRECOGNIZED");
  }

  @ParameterizedTest
  @CsvSource({"59999, ''", "60000, ''", "60001, PROPOSAL_STALE"})
  void shouldRefuseAProposalThatIsTooOld(long ageMs, String code) {
    // when
    Optional<Finding> denial = denial(close().setAsOfMs(NOON - ageMs));

    // then
    assertThat(codeOf(denial)).isEqualTo(code);
    if (denial.isPresent()) {
      assertThat(numbersOf(denial)).containsExactly("ageMs=60001", "maximumMs=60000");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ExitTrigger.class,
      names = {"STOP_HIT", "TARGET_HIT", "MANUAL_CLOSE", "LIQUIDATION_GUARD"})
  void shouldNeitherAgeNorHaltWhatProtects(ExitTrigger trigger) {
    tradingState = TradingState.HALTED;

    assertThat(denial(close().setTrigger(trigger).setAsOfMs(NOON - 60_001))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ACTIVE, ''", "REDUCING, ''", "HALTED, TRADING_HALTED"})
  void shouldHoldBackTheOthersWhereTradingIsHalted(TradingState state, String code) {
    tradingState = state;

    Optional<Finding> denial = denial(close());

    assertThat(codeOf(denial)).isEqualTo(code);
    if (denial.isPresent()) {
      assertThat(numbersOf(denial)).containsExactly("tradingState=HALTED", "trigger=KILL_SCORE");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FULL_CLOSE, KILL_SCORE, EXIT_IN_FLIGHT",
    "FULL_CLOSE, STOP_HIT, EXIT_IN_FLIGHT",
    "UPDATE_SL, KILL_SCORE, EXIT_IN_FLIGHT",
    "UPDATE_SL, INTENT, ''",
    "UPDATE_SL, STOP_HIT, ''",
    "UPDATE_SL, MANUAL_CLOSE, ''",
    "ENTRY, KILL_SCORE, ''"
  })
  void shouldWaitForWhatIsInFlight(PlanAction inFlight, ExitTrigger trigger, String code) {
    // given
    plans = List.of(plan(inFlight));

    // when
    Optional<Finding> denial = denial(close().setTrigger(trigger));

    // then
    assertThat(codeOf(denial)).isEqualTo(code);
    if (denial.isPresent()) {
      assertThat(numbersOf(denial))
          .containsExactly("planInFlight=fedcba9876543210", "grantedMsAgo=7");
    }
  }

  @Test
  void shouldTakeARungOnce() {
    // given
    row = Optional.of(Given.longBtc().setRungsTaken(List.of(1)).build());

    // then
    assertThat(codeOf(denial(rung(1)))).isEqualTo("RUNG_TAKEN");
    assertThat(numbersOf(denial(rung(1)))).containsExactly("rung=1");
    assertThat(denial(rung(2))).isEmpty();
    assertThat(denial(close().setRung(1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "86399999, PLAN_DUPLICATE",
    "86400000, ''",
    "86400001, ''",
  })
  void shouldNotPlanTheSameExitAgainWhileItIsRemembered(long agoMs, String code) {
    // given
    attempt = Optional.of(new ExitAttempt(MAIN, KILL_KEY, 0, KILL_PLAN, NOON - agoMs));

    // when
    Optional<Finding> denial = denial(close());

    // then
    assertThat(codeOf(denial)).isEqualTo(code);
    if (denial.isPresent()) {
      assertThat(numbersOf(denial)).containsExactly("planId=" + KILL_PLAN, "grantedMsAgo=" + agoMs);
    }
  }

  @Test
  void shouldGiveTheNextAttemptAnotherId() {
    // given
    attempt = Optional.of(new ExitAttempt(MAIN, KILL_KEY, 1, "", NOON - 1));

    // when
    ClosePlan granted = granted(close());

    // then
    assertThat(granted.plan().getPlanId()).isEqualTo(SECOND_KILL_PLAN);
    assertThat(granted.plan().getAttempt()).isEqualTo(1);
    assertThat(granted.attempt())
        .contains(new ExitAttempt(MAIN, KILL_KEY, 1, SECOND_KILL_PLAN, NOON));
  }

  @ParameterizedTest
  @CsvSource({
    "MANUAL_CLOSE, MANUAL_CLOSE",
    "LIQUIDATION_GUARD, LIQUIDATION_GUARD",
    "STOP_HIT, CLOSE_GRANTED",
    "PROFIT_LOCK, CLOSE_GRANTED"
  })
  void shouldSayWhyACloseIsGranted(ExitTrigger trigger, String code) {
    // when
    ClosePlan granted =
        ((GateResult.Granted<ClosePlan>) rule(asked(trigger, "FULL_CLOSE_PROPOSED", NOON))).value();

    // then
    assertThat(granted.code().name()).isEqualTo(code);
    assertThat(granted.plan().getPermit().getReason()).isEqualTo(code);
    assertThat(granted.plan().getSource()).isEqualTo("operator");
    assertThat(granted.plan().getReason()).isEqualTo("because");
    assertThat(granted.plan().getRegime()).isNull();
    assertThat(granted.plan().getKillScore()).isNull();
    assertThat(granted.plan().getRNet()).isNull();
    assertThat(text(granted.numbers().list()))
        .containsExactly(
            "trigger=" + trigger, "quantity=0.02", "open=0.02", "price=72000", "attempt=0");
  }

  @Test
  void shouldSayNoNumbersOfAHoldThatHasNone() {
    assertThat(numbersOf(rule(asked(ExitTrigger.MANUAL_CLOSE, "HOLD", NOON)).denial())).isEmpty();
  }
}
