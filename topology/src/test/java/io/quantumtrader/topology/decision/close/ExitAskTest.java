package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.topology.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proposal asks the apply layer for. */
final class ExitAskTest {

  private static HarvestProposal.Builder rung() {
    return Given.proposal()
        .setAction("PARTIAL_25")
        .setTrigger(ExitTrigger.RUNG)
        .setRung(2)
        .setNewStop(dec("70500.50"));
  }

  private static Calibration calibrated(boolean holds, String action) {
    return Calibration.newBuilder()
        .setCalibrated(holds)
        .setAction(action)
        .setCode("HEAT_HOLD")
        .setLevel("HOT")
        .setMode(holds ? "enforce" : "shadow")
        .setClosePolicy("hold_when_unstable")
        .setUnstable(true)
        .setAtMs(NOON)
        .build();
  }

  @Test
  void shouldAskForARungByItsNumber() {
    // when
    ExitAsk ask = ExitAsk.of(rung().build());

    // then
    assertThat(ask.trigger()).isEqualTo(ExitTrigger.RUNG);
    assertThat(ask.rung()).isEqualTo(2);
    assertThat(ask.exitKey()).isEqualTo("main:BTCUSDT:1|RUNG|2");
    assertThat(ask.held()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, TRAILING_STOP",
    "PROFIT_LOCK, PROFIT_LOCK",
    "TRAILING_STOP, TRAILING_STOP",
  })
  void shouldNameAMovedStopByWhatMovedIt(ExitTrigger stopTrigger, ExitTrigger trigger) {
    // when
    ExitAsk ask = ExitAsk.of(rung().setAction("UPDATE_SL").setStopTrigger(stopTrigger).build());

    // then
    assertThat(ask.trigger()).isEqualTo(trigger);
    assertThat(ask.rung()).isZero();
    assertThat(ask.newStop()).contains(dec("70500.5"));
    assertThat(ask.exitKey()).isEqualTo("main:BTCUSDT:1|" + trigger + "|70500.5");
  }

  @Test
  void shouldHaveAKeyWithoutAStopToo() {
    assertThat(ExitAsk.of(rung().setAction("UPDATE_SL").setNewStop(null).build()).exitKey())
        .isEqualTo("main:BTCUSDT:1|TRAILING_STOP|");
  }

  @ParameterizedTest
  @CsvSource({
    "true,  HOLD,      FULL_CLOSE_PROPOSED, HEAT_HOLD",
    "false, HOLD,      FULL_CLOSE_PROPOSED, ",
    "true,  UPDATE_SL, FULL_CLOSE_PROPOSED, ",
    "true,  HOLD,      HOLD,                ",
  })
  void shouldSayWhoHeldACloseBack(boolean holds, String calibrated, String proposed, String code) {
    // when
    ExitAsk ask =
        ExitAsk.of(
            rung().setAction(proposed).setCalibration(calibrated(holds, calibrated)).build());

    // then
    assertThat(ask.held().orElse(null)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"FULL_CLOSE_PROPOSED, FULL_CLOSE, 1", "PARTIAL_25, PARTIAL_CLOSE, 0.3"})
  void shouldReadTheProposalItselfWhereTheGateChangedNothing(
      String action, ExitAction.Kind kind, String share) {
    // when
    ExitAsk ask =
        ExitAsk.of(
            rung()
                .setAction(action)
                .setShare(0.3)
                .setCalibration(calibrated(true, action))
                .build());

    // then
    assertThat(ask.action().kind()).isEqualTo(kind);
    assertThat(ask.action().share()).isEqualByComparingTo(share);
  }

  @ParameterizedTest
  @CsvSource({"0, UNKNOWN", "0.01, PARTIAL_CLOSE", "1, PARTIAL_CLOSE", "1.01, UNKNOWN"})
  void shouldCloseSomethingAndAtMostAll(double share, ExitAction.Kind kind) {
    assertThat(ExitAsk.of(rung().setShare(share).build()).action().kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity"})
  void shouldTakeTheShareOfTheWordWhereTheOneBesideItIsNoNumber(double share) {
    assertThat(ExitAsk.of(rung().setShare(share).build()).action().share())
        .isEqualByComparingTo("0.25");
  }
}
