package io.quantumtrader.agents.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DriftTest {

  private static double[] normal(long seed, int count, double mean, double deviation) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = mean + deviation * random.nextGaussian();
    }
    return values;
  }

  @Test
  void shouldComputeTheIndexByHand() {
    // given bins below 3 and from 3: shares 0.5 and 0.5 then, 0.25 and 0.75 now
    double[] then = {1, 2, 3, 4};
    double[] now = {2, 3, 5, 9};

    // then
    double expected = -0.25 * Math.log(0.5) + 0.25 * Math.log(1.5);
    assertThat(Drift.stability(then, now, 2)).isCloseTo(expected, within(1e-12));
    assertThat(Drift.stability(then, then, 2)).isZero();
  }

  @Test
  void shouldStayFiniteWhereABinIsEmpty() {
    double[] then = {1, 2, 3, 4};
    double[] now = {10, 11, 12, 13};
    double expected = (0.125 - 0.5) * Math.log(0.25) + 0.5 * Math.log(2);
    assertThat(Drift.stability(then, now, 2)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void shouldTellDriftFromChance() {
    double[] then = normal(1, 5_000, 0, 1);
    double[] same = normal(2, 1_000, 0, 1);
    double[] shifted = normal(3, 1_000, 0.6, 1);
    double[] wider = normal(4, 1_000, 0, 2);
    assertThat(Drift.stability(then, same, 10)).isLessThan(0.1);
    assertThat(Drift.stability(then, shifted, 10)).isGreaterThan(0.25);
    assertThat(Drift.stability(then, wider, 10)).isGreaterThan(0.25);
    assertThat(Drift.sameDistribution(then, same)).isGreaterThan(0.01);
    assertThat(Drift.sameDistribution(then, shifted)).isLessThan(1e-6);
  }

  @Test
  void shouldRefuseTooFewValues() {
    assertThatThrownBy(() -> Drift.stability(new double[] {1}, new double[] {1}, 2))
        .hasMessage("1 and 1 values are too few for 2 bins");
    assertThatThrownBy(() -> Drift.stability(new double[] {1, 2}, new double[0], 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
