package io.quantumtrader.topology.decision.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.policy.IntervalScale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KillScoreTest {

  private static final HarvestTheta.Kill THETA = HarvestTheta.Kill.DEFAULT;
  private static final KillScore.Market CALM = new KillScore.Market(0.01, 0.3, 0.5, 0.2, 0.3);

  @Test
  void shouldBeOneHalfWhereNothingSpeaksForLeaving() {
    assertThat(KillScore.of(CALM, 0, THETA)).isEqualTo(new KillScore(0.5, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "0.299, 0.351, 0.35, 1",
    "0.3, 0.35, 0.35, 0",
    "0.301, 0.35, 0.349, 0",
    "0.2, 0.25, 0.25, 0",
    "0.2, 0.25, 0.251, 1"
  })
  void shouldSeeTheRegimeFlip(double trend, double mr, double chop, double flip) {
    // given
    KillScore.Market market = new KillScore.Market(0.01, 0.3, trend, mr, chop);

    // then
    assertThat(KillScore.of(market, 0, THETA).regimeFlip()).isEqualTo(flip);
  }

  @ParameterizedTest
  @CsvSource({"0.005, 0", "0.01, 0", "0.015, 0.5", "0.03, 2", "0.04, 2"})
  void shouldHoldTheSpikeWithinItsCap(double sigma, double spike) {
    // given
    KillScore.Market market = new KillScore.Market(sigma, 0.3, 0.5, 0.2, 0.3);

    // then
    assertThat(KillScore.of(market, 0, THETA).sigmaSpike()).isCloseTo(spike, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0.4, 0", "0.3, 0", "0.1, 0.2", "-0.2, 0.5", "-1, 0.5"})
  void shouldHoldTheDropWithinItsCap(double ts, double drop) {
    // given
    KillScore.Market market = new KillScore.Market(0.01, ts, 0.5, 0.2, 0.3);

    // then
    assertThat(KillScore.of(market, 0, THETA).tsDrop()).isCloseTo(drop, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"-5, 0", "0, 0", "43200, 0.5", "86400, 1", "90000, 1"})
  void shouldHoldTheAgeWithinOne(double age, double penalty) {
    assertThat(KillScore.of(CALM, age, THETA).agePenalty()).isEqualTo(penalty);
  }

  @Test
  void shouldAddUpItsWeightedComponents() {
    // given
    KillScore.Market market = new KillScore.Market(0.02, 0.1, 0.1, 0.4, 0.5);
    double z = 1.0 + 0.5 * 1 + 0.5 * 0.2 + 0.3 * 0.5;

    // when
    KillScore score = KillScore.of(market, 43_200, THETA);

    // then
    assertThat(score.score()).isCloseTo(1 / (1 + Math.exp(-z)), within(1e-12));
  }

  @Test
  void shouldLeaveTheFlipToTheCallerWhereAsked() {
    // given
    KillScore.Market market = new KillScore.Market(0.01, 0.3, 0.1, 0.4, 0.5);

    // then
    assertThat(KillScore.of(market, 0, false, THETA).score()).isEqualTo(0.5);
    assertThat(KillScore.of(market, 0, true, THETA).regimeFlip()).isEqualTo(1);
  }

  @Test
  void shouldTakeReferencesOfAnotherInterval() {
    // given
    double sigma = IntervalScale.fromHour(0.01, 60_000);
    HarvestTheta.Kill minute = THETA.withReferences(sigma, IntervalScale.fromHour(0.3, 60_000));

    // then
    assertThat(sigma).isCloseTo(0.01 / Math.sqrt(60), within(1e-15));
    assertThat(minute.sigmaReference()).isEqualTo(sigma);
    assertThat(minute.tsReference()).isCloseTo(0.3 / Math.sqrt(60), within(1e-15));
    assertThat(minute.withReferences(0.01, 0.3)).isEqualTo(THETA);
  }

  @Test
  void shouldRefuseToDivideByZero() {
    // given
    HarvestTheta.Kill theta = THETA.withReferences(0, 0.3);

    // then
    assertThatExceptionOfType(KernelRefusal.class)
        .isThrownBy(() -> KillScore.of(CALM, 0, theta))
        .withMessage("float division by zero")
        .satisfies(refusal -> assertThat(refusal.type()).isEqualTo("ZeroDivisionError"));
  }
}
