package io.quantumtrader.replay.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeflatedSharpeTest {

  /** Values of tables of the normal distribution. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.841344746068543",
    "-1, 0.158655253931457",
    "1.959963984540054, 0.975",
    "3, 0.998650101968370",
    "-40, 0",
    "40, 1"
  })
  void shouldKnowTheNormalDistribution(double value, double probability) {
    assertThat(Normal.probability(value)).isCloseTo(probability, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0", "0.975, 1.959963984540054", "0.99, 2.326347874040841"})
  void shouldKnowItsQuantiles(double probability, double value) {
    assertThat(Normal.quantile(probability)).isCloseTo(value, within(1e-9));
  }

  /**
   * The example of the paper: annual ratio 2.5 of 1250 daily returns, 250 a year, skewness -3,
   * kurtosis 10, variance of the annual ratios 1/2, 100 trials: SR0 0.1132 and DSR 0.9004.
   */
  @Test
  void shouldGiveTheNumbersOfThePaper() {
    SharpeRatio best = new SharpeRatio(2.5 / Math.sqrt(250), 1250, -3, 10);

    DeflatedSharpe deflated = DeflatedSharpe.of(best, 0.5 / 250, 100);

    assertThat(deflated.expectedByLuck()).isCloseTo(0.1132, within(5e-5));
    assertThat(deflated.probability()).isCloseTo(0.9004, within(5e-5));
  }

  /** The same with 46 trials, which the paper says would have passed at 95 %: 0.9505. */
  @Test
  void shouldBeSurerOfTheBestOfFewerTrials() {
    SharpeRatio best = new SharpeRatio(2.5 / Math.sqrt(250), 1250, -3, 10);

    assertThat(DeflatedSharpe.of(best, 0.5 / 250, 46).probability())
        .isCloseTo(0.9505, within(5e-5));
  }

  /** One trial has no luck in it: 0.1 of 101 normal returns is 1 / sqrt(1.005) deviations. */
  @Test
  void shouldExpectNothingOfLuckInOneTrial() {
    DeflatedSharpe deflated = DeflatedSharpe.of(new SharpeRatio(0.1, 101, 0, 3), List.of(0.1));

    assertThat(deflated.expectedByLuck()).isZero();
    assertThat(deflated.probability())
        .isCloseTo(Normal.probability(1 / Math.sqrt(1.005)), within(1e-12));
  }

  @Test
  void shouldBeSureOfNothingFromTooFewReturns() {
    assertThat(DeflatedSharpe.of(new SharpeRatio(3, 1, 0, 3), List.of(3.0, 1.0)).probability())
        .isZero();
  }

  /** Mean 2, variance ((-1)^2 + 0 + 1) / 2. */
  @Test
  void shouldTakeTheVarianceOfTheSample() {
    assertThat(DeflatedSharpe.variance(List.of(1.0, 2.0, 3.0))).isEqualTo(1);
    assertThat(DeflatedSharpe.variance(List.of(1.0))).isZero();
  }

  /** 1, 1, 1, 5: mean 2, second moment 3, third (-3 + 27) / 4 = 6, fourth (3 + 81) / 4 = 21. */
  @Test
  void shouldReckonRatioAndMoments() {
    SharpeRatio ratio = SharpeRatio.of(new double[] {1, 1, 1, 5});

    assertThat(ratio.value()).isCloseTo(2 / Math.sqrt(3), within(1e-12));
    assertThat(ratio.periods()).isEqualTo(4);
    assertThat(ratio.skewness()).isCloseTo(6 / (3 * Math.sqrt(3)), within(1e-12));
    assertThat(ratio.kurtosis()).isCloseTo(21 / 9.0, within(1e-12));
  }

  @Test
  void shouldHaveNoRatioWhereNothingVaries() {
    assertThat(SharpeRatio.of(new double[] {})).isEqualTo(new SharpeRatio(0, 0, 0, 3));
    assertThat(SharpeRatio.of(new double[] {1, 1})).isEqualTo(new SharpeRatio(0, 2, 0, 3));
  }
}
