package io.quantumtrader.agents.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

/** What the bandit learns of markets whose edge is known, and that it is the same each time. */
final class LinearBanditTest {

  private static final int SEEDS = 20;
  private static final int DECISIONS = 20_000;
  private static final double COST = 0.05;
  private static final int LONG = 1;
  private static final int SHORT = 2;
  private static final LinearBandit.Settings SETTINGS =
      new LinearBandit.Settings(3, 4, 0.5, 1.0, 0.05);

  /**
   * What is missed against the best arm, by it and by chance, and how often it traded in the end.
   */
  private record Result(double regret, double uniformRegret, int tradedLate) {}

  /**
   * Plays a market: in its two trending regimes one side earns the edge, in the third none does,
   * and each trade costs.
   *
   * @param edge mean reward of the right side in its regime, before costs, in R
   */
  private static Result play(long seed, double edge) {
    SplittableRandom random = new SplittableRandom(seed);
    LinearBandit bandit = new LinearBandit(SETTINGS);
    double regret = 0;
    double uniform = 0;
    int tradedLate = 0;
    for (int i = 0; i < DECISIONS; i++) {
      int regime = random.nextInt(3);
      double[] context = {1, regime == 0 ? 1 : 0, regime == 1 ? 1 : 0, random.nextDouble(-1, 1)};
      double[] means = {0, (regime == 0 ? edge : 0) - COST, (regime == 1 ? edge : 0) - COST};
      double best = Arrays.stream(means).max().orElseThrow();
      int arm = bandit.choose(context, random.nextDouble()).arm();
      double reward = arm == LinearBandit.ABSTAIN ? 0 : means[arm] + random.nextGaussian();
      bandit.learn(context, arm, reward);
      regret += best - means[arm];
      uniform += best - Arrays.stream(means).average().orElseThrow();
      tradedLate += arm != LinearBandit.ABSTAIN && i >= DECISIONS * 3 / 4 ? 1 : 0;
    }
    return new Result(regret, uniform, tradedLate);
  }

  /** The upper end of the 95 % interval of a mean, by Student's t. */
  private static double upper(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> Math.pow(value - mean, 2)).sum();
    double error = Math.sqrt(squares / (values.length - 1) / values.length);
    return mean + TDistribution.of(values.length - 1).inverseCumulativeProbability(0.975) * error;
  }

  @Test
  void shouldLoseLessThanHalfOfWhatChanceLosesWhereThereIsAnEdge() {
    // when
    double[] shares =
        LongStream.range(0, SEEDS)
            .mapToObj(seed -> play(seed, 0.3))
            .mapToDouble(result -> result.regret() / result.uniformRegret())
            .toArray();

    // then
    System.out.printf(
        "regret over that of chance, %d seeds of %d decisions: mean %.3f, 95 %% up to %.3f%n",
        SEEDS, DECISIONS, Arrays.stream(shares).average().orElseThrow(), upper(shares));
    assertThat(upper(shares)).isLessThan(0.5);
  }

  /** By chance one seed in some goes on for long where there is nothing; on average it ends. */
  @Test
  void shouldAbstainWhereThereIsNone() {
    // when
    List<Result> results =
        LongStream.range(100, 100 + SEEDS).mapToObj(seed -> play(seed, 0)).toList();
    double[] traded =
        results.stream().mapToDouble(each -> each.tradedLate() / (DECISIONS / 4.0)).toArray();
    double[] lost =
        results.stream().mapToDouble(each -> each.regret() / each.uniformRegret()).toArray();

    // then it trades little more than it is told to try, 3.3 %, and pays a part of what chance pays
    System.out.printf(
        "no edge, %d seeds: traded in the last quarter %.3f, 95 %% up to %.3f; lost of what chance"
            + " loses %.3f, up to %.3f%n",
        SEEDS,
        Arrays.stream(traded).average().orElseThrow(),
        upper(traded),
        Arrays.stream(lost).average().orElseThrow(),
        upper(lost));
    assertThat(upper(traded)).isLessThan(0.15);
    assertThat(upper(lost)).isLessThan(0.5);
  }

  @Test
  void shouldSayWithWhichProbabilityItChoseEachArm() {
    // given one that has learned that going long earns
    LinearBandit bandit = new LinearBandit(new LinearBandit.Settings(4, 1, 0, 1, 0.2));
    for (int i = 0; i < 50; i++) {
      bandit.learn(new double[] {1}, LONG, 1);
      bandit.learn(new double[] {1}, SHORT, -1);
    }

    // when: draws that are spread evenly
    int[] counts = new int[4];
    int draws = 10_000;
    for (int i = 0; i < draws; i++) {
      counts[bandit.choose(new double[] {1}, (i + 0.5) / draws).arm()]++;
    }

    // then each arm came as often as was said
    List<Double> said = bandit.choose(new double[] {1}, 0.99).propensities();
    double[] expected = {0.05, 0.85, 0.05, 0.05};
    for (int arm = 0; arm < 4; arm++) {
      assertThat(said.get(arm)).isCloseTo(expected[arm], within(1e-12));
    }
    for (int arm = 0; arm < 4; arm++) {
      assertThat((double) counts[arm] / draws).isCloseTo(said.get(arm), within(1e-3));
    }
    assertThat(bandit.choose(new double[] {1}, 0.99).propensity()).isEqualTo(said.get(LONG));
    assertThat(bandit.choose(new double[] {1}, 0).propensity()).isEqualTo(said.getFirst());
  }

  @Test
  void shouldComputeRidgeRegressionAndItsBound() {
    // given rewards of one arm: with a ridge of 2 the matrix is 2 + 3 x 2^2 = 14, the sum 2 x 9
    LinearBandit bandit = new LinearBandit(new LinearBandit.Settings(2, 1, 1.5, 2, 0));
    bandit.learn(new double[] {2}, LONG, 2);
    bandit.learn(new double[] {2}, LONG, 3);
    bandit.learn(new double[] {2}, LONG, 4);

    // then
    assertThat(bandit.expected(new double[] {1}, LONG)).isCloseTo(18 / 14.0, within(1e-12));
    assertThat(bandit.choose(new double[] {1}, 0).bounds().get(LONG))
        .isCloseTo(18 / 14.0 + 1.5 * Math.sqrt(1 / 14.0), within(1e-12));
    assertThat(bandit.expected(new double[] {1}, LinearBandit.ABSTAIN)).isZero();
    bandit.learn(new double[] {1}, LinearBandit.ABSTAIN, 99);
    assertThat(bandit.choose(new double[] {1}, 0).bounds().get(LinearBandit.ABSTAIN)).isZero();
  }

  @Test
  void shouldAbstainWhereNothingIsToBeGained() {
    // without width nothing is hoped for that was not seen
    LinearBandit bandit = new LinearBandit(new LinearBandit.Settings(3, 1, 0, 1, 0));
    assertThat(bandit.choose(new double[] {1}, 0).arm()).isEqualTo(LinearBandit.ABSTAIN);
    bandit.learn(new double[] {1}, SHORT, -1);
    assertThat(bandit.choose(new double[] {1}, 0.9).arm()).isEqualTo(LinearBandit.ABSTAIN);
    bandit.learn(new double[] {1}, LONG, 1);
    assertThat(bandit.choose(new double[] {1}, 0.9).arm()).isEqualTo(LONG);
  }

  @Test
  void shouldGoOnFromWhatWasKeptAsIfItHadNotStopped() {
    // given
    SplittableRandom random = new SplittableRandom(7);
    LinearBandit through = new LinearBandit(SETTINGS);
    for (int i = 0; i < 200; i++) {
      through.learn(context(random), 1 + random.nextInt(2), random.nextGaussian());
    }
    LinearBandit anew = new LinearBandit(SETTINGS);

    // when
    anew.restore(through.state());

    // then
    assertThat(anew.state()).isEqualTo(through.state());
    for (int i = 0; i < 200; i++) {
      double[] context = context(random);
      double draw = random.nextDouble();
      LinearBandit.Choice choice = anew.choose(context, draw);
      assertThat(choice).isEqualTo(through.choose(context, draw));
      double reward = random.nextGaussian();
      anew.learn(context, choice.arm(), reward);
      through.learn(context, choice.arm(), reward);
    }
    assertThat(anew.state()).isEqualTo(through.state());
    assertThat(anew.state().arms().get(LONG).count()).isPositive();
  }

  private static double[] context(SplittableRandom random) {
    return random.doubles(SETTINGS.features(), -1, 1).toArray();
  }

  @Test
  void shouldRefuseWhatIsNoContextNoRewardAndNoDraw() {
    LinearBandit bandit = new LinearBandit(SETTINGS);
    assertThatThrownBy(() -> bandit.choose(new double[] {1}, 0))
        .hasMessageContaining("must have 4 finite numbers, not [1.0]");
    assertThatThrownBy(() -> bandit.choose(new double[] {1, 2, Double.NaN, 4}, 0))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> bandit.choose(new double[] {1, 2, 3, 4}, 1))
        .hasMessageContaining("from [0, 1), not 1.0");
    assertThatThrownBy(() -> bandit.learn(new double[] {1, 2, 3, 4}, LONG, Double.NaN))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new LinearBandit.Settings(1, 4, 1, 1, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LinearBandit.Settings(2, 4, 1, 0, 0.1))
        .hasMessageContaining("ridge 0.0 above 0");
    assertThatThrownBy(() -> new LinearBandit.Settings(2, 4, 1, 1, 1.1))
        .hasMessageContaining("exploration 1.1 from 0 to 1");
    LinearBandit other = new LinearBandit(new LinearBandit.Settings(3, 5, 1, 1, 0));
    assertThatThrownBy(() -> bandit.restore(other.state()))
        .hasMessageContaining("an arm of 5 features, where there are 4");
  }
}
