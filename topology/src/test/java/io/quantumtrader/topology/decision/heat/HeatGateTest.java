package io.quantumtrader.topology.decision.heat;

import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.heat.PortfolioHeat.Level;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeatGateTest {

  /** The table of the decision record about close policies: policy x level x score x R. */
  @ParameterizedTest(name = "{0} {1} K {2} R {3} -> {4}, with a stop {5}")
  @CsvSource({
    "hold_when_unstable, COLD,    0.649, 1.0,  FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "hold_when_unstable, COLD,    0.65,  1.0,  HOLD,                UPDATE_SL",
    "hold_when_unstable, COLD,    0.651, 1.0,  HOLD,                UPDATE_SL",
    "hold_when_unstable, COLD,    0.65,  2.0,  HOLD,                UPDATE_SL",
    "hold_when_unstable, WARM,    0.649, 1.0,  FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "hold_when_unstable, WARM,    0.65,  2.5,  HOLD,                UPDATE_SL",
    "hold_when_unstable, HOT,     0.6,   1.0,  HOLD,                UPDATE_SL",
    "hold_when_unstable, HOT,     0.6,   2.0,  HOLD,                UPDATE_SL",
    "hold_when_unstable, HOT,     0.756, 2.0,  HOLD,                UPDATE_SL",
    "hold_when_unstable, UNKNOWN, 0.649, 1.0,  FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "hold_when_unstable, UNKNOWN, 0.65,  1.0,  HOLD,                UPDATE_SL",
    "profit_override,    COLD,    0.649, 1.0,  FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "profit_override,    COLD,    0.65,  1.99, HOLD,                UPDATE_SL",
    "profit_override,    COLD,    0.65,  2.0,  FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "profit_override,    COLD,    0.65,  2.01, FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "profit_override,    WARM,    0.756, -0.5, HOLD,                UPDATE_SL",
    "profit_override,    HOT,     0.6,   1.99, HOLD,                UPDATE_SL",
    "profit_override,    HOT,     0.6,   2.0,  FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "risk_first,         COLD,    0.9,   -1.0, FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "risk_first,         WARM,    0.9,   1.0,  FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "risk_first,         HOT,     0.9,   1.0,  FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
    "no_such_policy,     COLD,    0.65,  1.99, HOLD,                UPDATE_SL",
    "no_such_policy,     COLD,    0.65,  2.0,  FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED",
  })
  void shouldDecideByPolicyLevelScoreAndProfit(
      String policy, Level level, double score, double r, String action, String actionWithStop) {
    // given
    HarvestProposal.Builder proposal =
        Given.proposal()
            .setAction("FULL_CLOSE_PROPOSED")
            .setTrigger(ExitTrigger.KILL_SCORE)
            .setKillScore(score)
            .setRNet(r);

    // when
    Calibration without = calibrate(proposal.build(), level, policy, "enforce");
    Calibration with =
        calibrate(proposal.setNewStop(dec("71100")).build(), level, policy, "enforce");

    // then
    assertThat(without.getAction()).isEqualTo(action);
    assertThat(with.getAction()).isEqualTo(actionWithStop);
    assertThat(without.getCalibrated()).isTrue();
    assertThat(without.getUnstable()).isEqualTo(score >= 0.65 || level == Level.HOT);
  }

  @ParameterizedTest
  @EnumSource(
      value = ExitTrigger.class,
      names = {"STOP_HIT", "TARGET_HIT", "MANUAL_CLOSE", "LIQUIDATION_GUARD"})
  void shouldNeverHoldWhatProtects(ExitTrigger trigger) {
    HarvestProposal proposal =
        Given.proposal()
            .setAction("FULL_CLOSE_PROPOSED")
            .setTrigger(trigger)
            .setKillScore(0.93)
            .build();

    for (ClosePolicy policy : ClosePolicy.values()) {
      Calibration gate = calibrate(proposal, Level.HOT, policy.label(), "enforce");
      assertThat(gate.getAction()).isEqualTo("FULL_CLOSE_PROPOSED");
      assertThat(gate.getCode()).isEqualTo("CLOSE_PASSED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PARTIAL_25", "PARTIAL_30", "PARTIAL_75", "UPDATE_SL", "NONE", "HOLD"})
  void shouldLetPassWhatIsNoFullClose(String action) {
    HarvestProposal proposal =
        Given.proposal().setAction(action).setShare(0.25).setKillScore(0.93).build();

    Calibration gate = calibrate(proposal, Level.HOT, "hold_when_unstable", "enforce");

    assertThat(gate.getAction()).isEqualTo(action);
    assertThat(gate.getUnstable()).isFalse();
  }

  @Test
  void shouldOnlyRecordInShadowMode() {
    HarvestProposal proposal =
        Given.proposal()
            .setAction("FULL_CLOSE_PROPOSED")
            .setTrigger(ExitTrigger.KILL_SCORE)
            .setKillScore(0.756)
            .build();

    Calibration gate = calibrate(proposal, Level.HOT, "hold_when_unstable", "shadow");

    assertThat(gate.getCalibrated()).isFalse();
    assertThat(gate.getMode()).isEqualTo("shadow");
    assertThat(gate.getAction()).isEqualTo("HOLD");
    assertThat(gate.getCode()).isEqualTo("HEAT_HOLD");
  }

  @Test
  void shouldRecordTheHeatThatIsKnown() {
    HarvestProposal proposal = Given.proposal().build();

    assertThat(calibrate(proposal, Level.HOT, "risk_first", "enforce").getHeat()).isEqualTo(0.4);
    assertThat(calibrate(proposal, Level.UNKNOWN, "risk_first", "enforce").getHeat()).isNull();
  }

  private static Calibration calibrate(
      HarvestProposal proposal, Level level, String closePolicy, String mode) {
    OptionalDouble heat = level == Level.UNKNOWN ? OptionalDouble.empty() : OptionalDouble.of(0.4);
    return HeatGate.calibrate(
        proposal,
        new HeatGate.Heat(heat, level),
        Given.policy().setClosePolicy(closePolicy).setHeatMode(mode).build(),
        NOON);
  }
}
