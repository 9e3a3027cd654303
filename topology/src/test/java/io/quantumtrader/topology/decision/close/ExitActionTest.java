package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.close.ExitAction.Kind;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitActionTest {

  @ParameterizedTest(name = "[{0}] with a stop {1} -> {2} {4}")
  @CsvSource({
    "FULL_CLOSE_PROPOSED, false, FULL_CLOSE,    1,    ",
    "full_close_proposed, false, FULL_CLOSE,    1,    ",
    "PARTIAL_25,          false, PARTIAL_CLOSE, 0.25, ",
    "PARTIAL_30,          false, PARTIAL_CLOSE, 0.3,  ",
    "PARTIAL_75,          true,  PARTIAL_CLOSE, 0.75, ",
    "PARTIAL_00,          false, UNKNOWN,       0,    ",
    "PARTIAL_100,         false, UNKNOWN,       0,    ",
    "PARTIAL_50_PROPOSED, false, UNKNOWN,       0,    ",
    "UPDATE_SL,           true,  MOVE_STOP,     0,    ",
    "NONE,                true,  MOVE_STOP,     0,    ",
    "NONE,                false, HOLD,          0,    ",
    "HOLD,                true,  HOLD,          0,    ",
    "UNKNOWN,             true,  MOVE_STOP,     0,    ACTION_NORMALIZED_TO_STOP",
    "UNKNOWN,             false, HOLD,          0,    ACTION_NORMALIZED_TO_HOLD",
    "'',                  false, HOLD,          0,    ACTION_NORMALIZED_TO_HOLD",
    "EXIT,                false, FULL_CLOSE,    1,    ACTION_NORMALIZED_TO_CLOSE",
    "reduce,              false, FULL_CLOSE,    1,    ACTION_NORMALIZED_TO_CLOSE",
    "CLOSE,               false, FULL_CLOSE,    1,    ACTION_NORMALIZED_TO_CLOSE",
    "ENTRY,               false, HOLD,          0,    ACTION_NORMALIZED_TO_HOLD",
    "NOOP,                false, UNKNOWN,       0,    ",
  })
  void shouldReadTheOldWords(
      String text, boolean hasStop, Kind kind, BigDecimal share, ReasonCode note) {
    ExitAction action = ExitAction.read(text, Optional.empty(), hasStop);

    assertThat(action.kind()).isEqualTo(kind);
    assertThat(action.share()).isEqualByComparingTo(share);
    assertThat(action.note()).isEqualTo(Optional.ofNullable(note));
  }

  @Test
  void shouldTakeTheShareBesideAPartialClose() {
    ExitAction action = ExitAction.read("PARTIAL_33", Optional.of(new BigDecimal("0.333")), false);

    assertThat(action.share()).isEqualTo("0.333");
  }

  @Test
  void shouldTakeTheCalibratedActionOnlyWhereItHolds() {
    // given
    HarvestProposal shadow = calibrated(false);
    HarvestProposal enforced = calibrated(true);
    HarvestProposal untouched = Given.proposal().setAction("FULL_CLOSE_PROPOSED").build();

    // then
    assertThat(ExitAction.inForce(shadow).kind()).isEqualTo(Kind.FULL_CLOSE);
    assertThat(ExitAction.inForce(enforced).kind()).isEqualTo(Kind.MOVE_STOP);
    assertThat(ExitAction.inForce(untouched).kind()).isEqualTo(Kind.FULL_CLOSE);
  }

  private static HarvestProposal calibrated(boolean holds) {
    return Given.proposal()
        .setAction("FULL_CLOSE_PROPOSED")
        .setNewStop(dec("71100"))
        .setCalibration(
            Calibration.newBuilder()
                .setCalibrated(holds)
                .setAction("UPDATE_SL")
                .setCode("HEAT_STOP_INSTEAD")
                .setLevel("HOT")
                .setMode(holds ? "enforce" : "shadow")
                .setClosePolicy("hold_when_unstable")
                .setUnstable(true)
                .setAtMs(0)
                .build())
        .build();
  }
}
