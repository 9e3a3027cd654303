package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.Given;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class EntryKillScoreTest {

  private static final Offset<Double> CLOSE = Offset.offset(1e-12);
  private static final Policy POLICY = Given.policy().build();

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  @Test
  void shouldBeNeutralInACalmTrend() {
    // given: at its reference per hour
    MarketState state = Given.state(BTC).setIntervalMs(HOUR).setSigma(0.01).setTs(0.3).build();

    // then
    assertThat(EntryKillScore.of(state, POLICY)).isCloseTo(0.5, CLOSE);
  }

  @Test
  void shouldScaleTheReferencesToTheInterval() {
    // given: references of a quarter of an hour are half of those of an hour
    MarketState state = Given.state(BTC).setIntervalMs(HOUR / 4).setSigma(0.01).setTs(0.05).build();

    // then: spike 0.01 / 0.005 - 1, drop 0.15 - 0.05
    assertThat(EntryKillScore.of(state, POLICY)).isCloseTo(sigmoid(0.5 + 0.05), CLOSE);
  }

  @Test
  void shouldTakeTheReferencesFromThePolicy() {
    // given
    MarketState state = Given.state(BTC).setIntervalMs(HOUR).setSigma(0.03).setTs(0.3).build();
    Policy policy = Given.policy().setKillSigmaRef(0.02).setKillTsRef(0.4).build();

    // then
    assertThat(EntryKillScore.of(state, policy)).isCloseTo(sigmoid(0.25 + 0.05), CLOSE);
  }

  @Test
  void shouldFallBackToTheKernelsReferenceWhereThePolicySaysZero() {
    // given
    MarketState state = Given.state(BTC).setIntervalMs(HOUR).setSigma(0.02).setTs(0.3).build();
    Policy policy = Given.policy().setKillSigmaRef(0).build();

    // then: spike 0.02 / 0.01 - 1
    assertThat(EntryKillScore.of(state, policy)).isCloseTo(sigmoid(0.5), CLOSE);
  }

  @Test
  void shouldPassTheThresholdInAViolentMarketWithoutATrend() {
    // given
    MarketState state =
        Given.state(BTC)
            .setIntervalMs(HOUR)
            .setSigma(0.03)
            .setTs(0.0)
            .setPTrend(0.2)
            .setPMr(0.3)
            .setPChop(0.5)
            .build();

    // then: the regime 1, the spike 0.5 x 2, the drop 0.5 x 0.3
    assertThat(EntryKillScore.of(state, POLICY))
        .isCloseTo(sigmoid(2.15), CLOSE)
        .isGreaterThan(0.85);
  }
}
