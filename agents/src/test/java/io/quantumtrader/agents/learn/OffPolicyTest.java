package io.quantumtrader.agents.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.agents.learn.OffPolicy.Estimate;
import io.quantumtrader.agents.learn.OffPolicy.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.junit.jupiter.api.Test;

/** Estimates by hand, and how often their intervals hold what is true. */
final class OffPolicyTest {

  private static final double LEVEL = 0.95;

  /**
   * So many histories that a share of 0.90 in place of 0.95 would be refused at 1 % with a power of
   * more than 0.99: the share's standard error under 0.95 is 0.0069, so 0.90 lies 7 of them away.
   */
  private static final int HISTORIES = 1_000;

  private static final int DECISIONS = 2_000;

  @Test
  void shouldWeighRewardsByTheirPropensities() {
    // given weights 2, 0 and 0.5
    List<Logged> decisions =
        List.of(
            new Logged(0.5, 1, 3, 2, 1),
            new Logged(0.5, 0, 10, 4, 1),
            new Logged(0.8, 0.4, -2, -1, 0.5));

    // then
    assertThat(OffPolicy.inversePropensity(decisions, LEVEL).value())
        .isCloseTo((6 + 0 - 1) / 3.0, within(1e-12));
    assertThat(OffPolicy.selfNormalised(decisions, LEVEL).value())
        .isCloseTo((6 + 0 - 1) / 2.5, within(1e-12));
    assertThat(OffPolicy.doublyRobust(decisions, LEVEL).value())
        .isCloseTo((1 + 2 * 1 + 1 + 0 + 0.5 + 0.5 * -1) / 3.0, within(1e-12));
    assertThat(OffPolicy.inversePropensity(decisions, LEVEL).effective())
        .isCloseTo(2.5 * 2.5 / (4 + 0.25), within(1e-12));
  }

  @Test
  void shouldGiveIntervalsAroundTheirEstimates() {
    // given scores 0, 2, 0 and 2: mean 1, standard error 1 / sqrt(3)
    List<Logged> decisions =
        List.of(new Logged(1, 1, 0), new Logged(1, 1, 2), new Logged(1, 1, 0), new Logged(1, 1, 2));

    // when
    Estimate estimate = OffPolicy.inversePropensity(decisions, LEVEL);

    // then
    double half = 1.959963984540054 / Math.sqrt(3);
    assertThat(estimate.low()).isCloseTo(1 - half, within(1e-9));
    assertThat(estimate.high()).isCloseTo(1 + half, within(1e-9));
    assertThat(estimate.holds(1.5)).isTrue();
    assertThat(estimate.holds(2.2)).isFalse();
    // by the delta method: sqrt(4) / 4
    assertThat(OffPolicy.selfNormalised(decisions, LEVEL).high())
        .isCloseTo(1 + 1.959963984540054 / 2, within(1e-9));
  }

  /** Two contexts, three arms; the policy in question prefers another arm than the logging one. */
  private static List<Logged> history(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] means = {{0, 0.4, -0.2}, {0, -0.3, 0.5}};
    double[][] logging = {{0.5, 0.3, 0.2}, {0.4, 0.4, 0.2}};
    double[][] target = {{0.1, 0.8, 0.1}, {0.2, 0.1, 0.7}};
    List<Logged> decisions = new ArrayList<>();
    for (int i = 0; i < DECISIONS; i++) {
      int context = random.nextInt(2);
      double draw = random.nextDouble();
      int arm = draw < logging[context][0] ? 0 : draw < 1 - logging[context][2] ? 1 : 2;
      double value = 0;
      for (int each = 0; each < 3; each++) {
        value += target[context][each] * modelled(means[context][each]);
      }
      decisions.add(
          new Logged(
              logging[context][arm],
              target[context][arm],
              means[context][arm] + random.nextGaussian(),
              modelled(means[context][arm]),
              value));
    }
    return decisions;
  }

  /** A model that is wrong, as models are. */
  private static double modelled(double mean) {
    return 0.7 * mean + 0.1;
  }

  /** What the policy in question earns: the mean over both contexts. */
  private static final double TRUE_VALUE = (0.8 * 0.4 - 0.1 * 0.2 + (-0.1 * 0.3 + 0.7 * 0.5)) / 2;

  @Test
  void shouldHoldTheTrueValueAsOftenAsTheLevelSays() {
    int[] held = new int[3];
    for (long seed = 0; seed < HISTORIES; seed++) {
      List<Logged> decisions = history(seed);
      held[0] += OffPolicy.inversePropensity(decisions, LEVEL).holds(TRUE_VALUE) ? 1 : 0;
      held[1] += OffPolicy.selfNormalised(decisions, LEVEL).holds(TRUE_VALUE) ? 1 : 0;
      held[2] += OffPolicy.doublyRobust(decisions, LEVEL).holds(TRUE_VALUE) ? 1 : 0;
    }
    for (int held95 : held) {
      double chance =
          BinomialTest.withDefaults()
              .with(AlternativeHypothesis.TWO_SIDED)
              .test(HISTORIES, held95, LEVEL)
              .getPValue();
      assertThat(chance).as("%d of %d intervals hold it", held95, HISTORIES).isGreaterThan(0.01);
    }
  }

  @Test
  void shouldBeCloserWithAModelThanWithout() {
    double with = 0;
    double without = 0;
    for (long seed = 0; seed < 100; seed++) {
      List<Logged> decisions = history(seed);
      Estimate robust = OffPolicy.doublyRobust(decisions, LEVEL);
      Estimate plain = OffPolicy.inversePropensity(decisions, LEVEL);
      with += robust.high() - robust.low();
      without += plain.high() - plain.low();
    }
    assertThat(with).isLessThan(without);
  }

  @Test
  void shouldRefuseWhatNobodyCanEstimateFrom() {
    assertThatThrownBy(() -> new Logged(0, 0.5, 1)).hasMessageContaining("propensity 0.0");
    assertThatThrownBy(() -> new Logged(0.5, 1.5, 1)).hasMessageContaining("probability 1.5");
    assertThatThrownBy(() -> new Logged(0.5, 0.5, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> OffPolicy.inversePropensity(List.of(new Logged(1, 1, 1)), LEVEL))
        .hasMessageContaining("2 decisions at least, not 1");
  }
}
