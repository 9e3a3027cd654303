package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.topology.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each proposal ends in one decision, with its code, its numbers and the ages of what it saw. */
final class ExitDecisionsTest extends WiringTest {

  @BeforeEach
  void openAPosition() {
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, '', ACTION_HOLD, rNet",
    "HOLD, '', ACTION_HOLD, rNet",
    "UPDATE_SL, '', STOP_MISSING, rNet",
    "DANCE, '', ACTION_UNKNOWN, killScore",
    "UPDATE_SL, 60000, STOP_NOT_TIGHTER, newStop",
    "UPDATE_SL, 72000, STOP_BEYOND_MARKET, newStop",
    "UNKNOWN, '', ACTION_HOLD, rNet",
  })
  void shouldWriteEachDenialOfAnAction(String action, String stop, String code, String number) {
    // given
    HarvestProposal.Builder proposal = Given.proposal().setAction(action);
    if (!stop.isEmpty()) {
      proposal.setNewStop(dec(stop)).setStopTrigger(ExitTrigger.TRAILING_STOP);
    }

    // when
    Outputs outputs = pipeline.when(it -> it.proposal(proposal));

    // then
    Decision decision = outputs.decision();
    assertThat(decision.getCode()).isEqualTo(code);
    assertThat(decision.getVerdict()).isEqualTo(Verdict.DENIED);
    assertThat(decision.getStage()).isEqualTo("apply-layer");
    assertThat(decision.getCauseId()).isEqualTo("main:BTCUSDT:1@" + NOON);
    assertThat(decision.getNumbers()).extracting(NumberOf::getName).contains(number);
    assertThat(outputs.plans()).isEmpty();
  }

  @Test
  void shouldWriteThatAnotherExitIsUnderWay() {
    // given
    ApplyPlan first = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC))).plan();
    pipeline.pass(1000);

    // when
    Outputs outputs = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("EXIT_IN_FLIGHT");
    assertThat(outputs.decision().getNumbers())
        .extracting(NumberOf::getName, NumberOf::getValue)
        .contains(tuple("planInFlight", first.getPlanId()), tuple("grantedMsAgo", "1000"));
  }

  @Test
  void shouldWriteThatAProposalIsForAPositionOfBefore() {
    // when
    Outputs outputs =
        pipeline.when(
            it -> it.proposal(Pipeline.closeAll(MAIN, BTC).setPositionId("main:BTCUSDT:7")));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("POSITION_CHANGED");
    assertThat(outputs.decision().getNumbers())
        .extracting(NumberOf::getName, NumberOf::getValue)
        .contains(tuple("proposedFor", "main:BTCUSDT:7"), tuple("open", "main:BTCUSDT:1"));
  }

  @Test
  void shouldTakeARungOnce() {
    // given
    HarvestProposal.Builder rung =
        Given.proposal()
            .setAction("PARTIAL_25")
            .setTrigger(ExitTrigger.RUNG)
            .setRung(1)
            .setShare(0.25);
    pipeline.fill(pipeline.when(it -> it.proposal(rung)).plan(), "72000");

    // when
    Outputs outputs = pipeline.when(it -> it.proposal(rung));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("RUNG_TAKEN");
    assertThat(outputs.decision().getNumbers()).isNotEmpty();
    assertThat(outputs.plans()).isEmpty();
  }

  /** The exchange reports a protected position and names no stop, so that the old one stands. */
  @Test
  void shouldNotSendThePlanOfAnExitThatIsDoneAgain() {
    // given
    HarvestProposal.Builder stop =
        Given.proposal()
            .setAction("UPDATE_SL")
            .setStopTrigger(ExitTrigger.TRAILING_STOP)
            .setNewStop(dec("70500"));
    ApplyPlan plan = pipeline.when(it -> it.proposal(stop)).plan();
    pipeline.result(Given.result(plan, null).setResultId("p1").setOutcome(ResultOutcome.PROTECTED));
    pipeline.pass(1000);

    // when
    Outputs outputs = pipeline.when(it -> it.proposal(stop));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("PLAN_DUPLICATE");
    assertThat(outputs.decision().getNumbers())
        .extracting(NumberOf::getName, NumberOf::getValue)
        .contains(tuple("planId", plan.getPlanId()), tuple("grantedMsAgo", "1000"));
    assertThat(outputs.plans()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2.01, PROFIT_OVERRIDE", "2.0, PROFIT_OVERRIDE", "1.99, HEAT_HOLD"})
  void shouldLetAnUnstableClosePassForItsProfit(double profit, String code) {
    // when
    Outputs outputs =
        pipeline.when(
            it -> it.proposal(Pipeline.closeAll(MAIN, BTC).setKillScore(0.7).setRNet(profit)));

    // then
    assertThat(outputs.calibrated().get(0).getCalibration().getCode()).isEqualTo(code);
    assertThat(outputs.calibrated().get(0).getCalibration().getUnstable()).isTrue();
    assertThat(outputs.plans()).hasSize(code.equals("PROFIT_OVERRIDE") ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold_when_unstable", "profit_override", "risk_first"})
  void shouldDoWithAnUnstableCloseAsTheClosePolicySays(String closePolicy) {
    // given
    pipeline.policy(Pipeline.DEFAULT, Pipeline.policy().setClosePolicy(closePolicy));

    // when
    Outputs outputs =
        pipeline.when(
            it -> it.proposal(Pipeline.closeAll(MAIN, BTC).setKillScore(0.7).setRNet(3.0)));

    // then
    String code =
        switch (closePolicy) {
          case "hold_when_unstable" -> "HEAT_HOLD";
          case "profit_override" -> "PROFIT_OVERRIDE";
          default -> "CLOSE_PASSED";
        };
    assertThat(outputs.calibrated().get(0).getCalibration().getCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNoteWhatAnExitLookedAtAndHowOldItWas(boolean granted) {
    // given: policy, control and instrument are of an hour before noon
    pipeline.pass(1000);
    HarvestProposal.Builder proposal = granted ? Pipeline.closeAll(MAIN, BTC) : Given.proposal();

    // when
    Outputs outputs = pipeline.when(it -> it.proposal(proposal));

    // then
    assertThat(outputs.decision().getLookups())
        .extracting(Lookup::getTable, Lookup::getKey, Lookup::getAgeMs)
        .containsExactly(
            tuple("quantum.policy", MAIN, null),
            tuple("quantum.policy", "default", HOUR + 1000),
            tuple("quantum.control", "*", HOUR + 1000),
            tuple("quantum.control", MAIN, null),
            tuple("quantum.instrument", BTC, HOUR + 1000));
  }

  @Test
  void shouldNoteWhatAnExitOfTheClockLookedAt() {
    // given
    pipeline.control(MAIN, TradingState.ACTIVE, new ManualClose("c1", BTC, "", "ops", NOON));

    // when
    Outputs outputs = pipeline.when(it -> it.pass(MINUTE));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("MANUAL_CLOSE");
    assertThat(outputs.decision().getLookups())
        .extracting(Lookup::getTable, Lookup::getKey, Lookup::getAgeMs)
        .contains(
            tuple("quantum.control", MAIN, HOUR + MINUTE),
            tuple("quantum.instrument", BTC, HOUR + MINUTE));
  }

  @Test
  void shouldGiveTheNumbersThatADenialOfAnEntryCameOf() {
    // given
    pipeline.policy(Pipeline.DEFAULT, Pipeline.policy().setMaxPositions(2));
    pipeline.adopt(MAIN, "SOLUSDT", OrderSide.BUY, "1", "10");

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "i1", Pipeline.ETH)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("POSITION_LIMIT");
    assertThat(outputs.decision().getNumbers())
        .extracting(NumberOf::getName, NumberOf::getValue)
        .contains(tuple("positions", "2"), tuple("maximumPositions", "2"));
    assertThat(outputs.decision().getNumbers())
        .extracting(NumberOf::getName)
        .as("the governor's numbers too")
        .contains("quantity", "notional", "stop");
  }
}
