package io.quantumtrader.agents.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.agents.learn.Calibration.Bin;
import io.quantumtrader.agents.learn.Calibration.Case;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CalibrationTest {

  private static final List<Case> CASES =
      List.of(
          new Case(0.1, false),
          new Case(0.3, true),
          new Case(0.5, true),
          new Case(0.9, true),
          new Case(1.0, false));

  @Test
  void shouldComputeTheBrierScore() {
    assertThat(Calibration.brier(CASES))
        .isCloseTo((0.01 + 0.49 + 0.25 + 0.01 + 1) / 5, within(1e-12));
    assertThat(Calibration.brier(List.of(new Case(1, true), new Case(0, false)))).isZero();
    assertThat(Calibration.brier(List.of())).isNaN();
  }

  @Test
  void shouldComputeTheReliabilityCurveWithEachCaseInOneBin() {
    // when
    List<Bin> curve = Calibration.curve(CASES, 2);

    // then one half lies in the upper bin, and so does one
    assertThat(curve.get(0).count()).isEqualTo(2);
    assertThat(curve.get(0).said()).isCloseTo(0.2, within(1e-12));
    assertThat(curve.get(0).came()).isEqualTo(0.5);
    assertThat(curve.get(1).count()).isEqualTo(3);
    assertThat(curve.get(1).said()).isCloseTo(0.8, within(1e-12));
    assertThat(curve.get(1).came()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(Calibration.curve(CASES, 4).get(3).to()).isEqualTo(1);
    assertThat(Calibration.curve(List.of(), 1).getFirst().came()).isNaN();
  }

  @Test
  void shouldWeighTheErrorByCases() {
    assertThat(Calibration.error(CASES, 2))
        .isCloseTo((2 * 0.3 + 3 * (0.8 - 2 / 3.0)) / 5, within(1e-12));
    assertThat(Calibration.error(CASES, 10)).as("empty bins count nothing").isFinite();
    assertThat(Calibration.error(List.of(), 2)).isNaN();
  }

  @Test
  void shouldRefuseWhatIsNoProbability() {
    assertThatThrownBy(() -> new Case(1.01, true)).hasMessageContaining("not 1.01");
    assertThatThrownBy(() -> new Case(Double.NaN, true)).hasMessageContaining("NaN");
  }
}
