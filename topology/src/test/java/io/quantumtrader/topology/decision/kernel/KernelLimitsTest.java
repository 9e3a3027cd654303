package io.quantumtrader.topology.decision.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernels do at their limits, and next to them; the vectors hardly ever lie on one. */
final class KernelLimitsTest {

  private static final double EXACT = 0;

  /** A position at 100 that risks 2; costs and eps are left out. */
  private static KernelPosition position(String side, double profit, OptionalDouble stop) {
    return new KernelPosition("X", side, 100, 100, 100, 100, 0, profit, stop);
  }

  private static HarvestTheta harvest(double breakEvenPlus, double temperature) {
    HarvestTheta theta = HarvestTheta.DEFAULT;
    return new HarvestTheta(
        theta.fallbackStop(),
        0,
        theta.rungs(),
        theta.tranches(),
        temperature,
        1.5,
        breakEvenPlus,
        theta.kill());
  }

  private static HarvestKernel.Proposal propose(
      KernelPosition position, KillScore kill, double breakEvenPlus) {
    return HarvestKernel.propose(
        position, OptionalDouble.of(0.02), kill, harvest(breakEvenPlus, 1));
  }

  private static KillScore calm() {
    return new KillScore(0.5, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "3.99, NONE",
    "4, PARTIAL_25",
    "4.01, PARTIAL_25",
    "7.99, PARTIAL_25",
    "8, PARTIAL_50",
    "11.99, PARTIAL_50",
    "12, PARTIAL_75",
    "12.01, PARTIAL_75"
  })
  void shouldTakeARungFromItsMultipleOfTheRiskOn(double profit, HarvestKernel.Action action) {
    assertThat(
            propose(position(KernelPosition.LONG, profit, OptionalDouble.empty()), calm(), 0.002)
                .action())
        .isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource({"0.5999, NONE", "0.6, FULL_CLOSE_PROPOSED", "0.6001, FULL_CLOSE_PROPOSED"})
  void shouldCloseFromTheThresholdOfTheKillScoreOn(double score, HarvestKernel.Action action) {
    KillScore kill = new KillScore(score, 0, 0, 0, 0);

    assertThat(
            propose(position(KernelPosition.LONG, 0, OptionalDouble.empty()), kill, 0.002).action())
        .isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5, 0.2, 0.5, ''",
    "1, 0.5, 0.2, 0.5, regime_flip",
    "0, 0.51, 0.2, 0.5, sigma_spike",
    "0, 0.5, 0.21, 0.5, ts_drop",
    "0, 0.5, 0.2, 0.51, age_penalty",
    "1, 0.51, 0.21, 0.51, regime_flip sigma_spike ts_drop age_penalty"
  })
  void shouldNameTheComponentsThatAreWorthSaying(
      double flip, double spike, double drop, double age, String named) {
    // when
    List<String> reasons =
        propose(
                position(KernelPosition.LONG, 0, OptionalDouble.empty()),
                new KillScore(0.7, flip, spike, drop, age),
                0.002)
            .reasons();

    // then
    assertThat(String.join(" ", reasons)).isEqualTo(("kill_score_triggered " + named).strip());
  }

  @ParameterizedTest
  @CsvSource({
    // break-even and a half: 150 for a long, 50 for a short
    "LONG, 2.99, 149, ",
    "LONG, 3, 149, 150",
    "LONG, 3, 150, ",
    "LONG, 3, 151, ",
    "SHORT, 3, 51, 50",
    "SHORT, 3, 50, ",
    "SHORT, 3, 49, ",
    "LONG, 3, , 150",
    "SHORT, 3, , 50"
  })
  void shouldLockBreakEvenInWhereItIsTighter(
      String side, double profit, Double current, Double stop) {
    // when
    OptionalDouble locked =
        propose(
                position(
                    side,
                    profit,
                    current == null ? OptionalDouble.empty() : OptionalDouble.of(current)),
                calm(),
                0.5)
            .newStop();

    // then
    assertThat(locked).isEqualTo(stop == null ? OptionalDouble.empty() : OptionalDouble.of(stop));
  }

  @Test
  void shouldRefuseATemperatureOfZero() {
    assertThatThrownBy(
            () ->
                HarvestKernel.propose(
                    position(KernelPosition.LONG, 0, OptionalDouble.empty()),
                    OptionalDouble.empty(),
                    calm(),
                    harvest(0.002, 0)))
        .isInstanceOf(KernelRefusal.class)
        .hasMessage("float division by zero");
  }

  @Test
  void shouldWeighLargeScoresWithoutOverflow() {
    assertThat(Softmax.of(1000, 1000)).containsExactly(0.5, 0.5);
    assertThat(Softmax.of(-1000, -1000, -1000 + Math.log(2)))
        .containsExactly(new double[] {0.25, 0.25, 0.5}, within(1e-12));
  }

  @Test
  void shouldCallReturnsNeutralThatAreTooFewToCompare() {
    double[] returns = {9, 1, 2, 5};

    assertThat(RegimeScores.persistence(returns, 1, 1)).isEqualTo(0.5);
    assertThat(RegimeScores.persistence(returns, 1, 2)).isEqualTo(0.5);
    assertThat(RegimeScores.persistence(returns, 1, 3)).isEqualTo(1);
    assertThat(RegimeScores.persistence(new double[] {1, -1, -1}, 0, 3)).isEqualTo(0.5);
  }

  @Test
  void shouldCallFewerSumsThanTwoARandomWalk() {
    double[] returns = {9, 1, 2, 5};

    assertThat(RegimeScores.varianceRatio(returns, 1, 3, 3, 0, new double[2])).isEqualTo(1);
    assertThat(RegimeScores.varianceRatio(returns, 1, 4, 3, 0, new double[2])).isEqualTo(1);
    // the sums are 3 and 7, the variance of the returns 26 / 9
    assertThat(RegimeScores.varianceRatio(returns, 1, 4, 2, 0, new double[2]))
        .isCloseTo(9.0 / 13, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.0625, 0.025", "0.125, 0.05", "0.25, 0.1", "0.5, 1", "0.875, 6", "1, 8"})
  void shouldInterpolateQuantiles(double q, double value) {
    assertThat(Sigma.quantile(new double[] {0, 0.1, 1, 4, 8}, 5, q)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, Double.NaN})
  void shouldRefuseAQuantileThatIsNone(double q) {
    assertThatThrownBy(() -> Sigma.quantile(new double[] {1, 2}, 2, q))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKnowNoQuantileOfWhatIsNotANumber() {
    assertThat(Sigma.quantile(new double[] {1, 2, Double.NaN}, 3, 0.5)).isNaN();
    assertThat(Sigma.quantile(new double[] {1, 2, Double.NaN}, 2, 0.5)).isEqualTo(1.5);
  }

  /** The quantiles at 0.6 and 0.9 leave 6.4 six times, then 7, 8, 9 and 9.1. */
  @Test
  void shouldTakeTheMedianOfWhatTheQuantilesLeave() {
    // given: room for just these returns, and a weight that leaves the median alone
    double[] returns = IntStream.rangeClosed(1, 10).mapToDouble(i -> i).toArray();
    KernelScratch scratch = new KernelScratch();
    scratch.sorted = new double[10];
    scratch.winsorised = new double[10];
    MarketStateTheta.Volatility theta =
        new MarketStateTheta.Volatility(10, 0.6, 0.9, 0.94, 1e-6, 5, -1000, 0.3);

    // when
    Sigma.Estimate estimate = Sigma.of(returns, 0, 10, theta, 0, scratch);

    // then: the median is 6.4, and the distances from it are 0 six times
    assertThat(estimate.sigma()).isEqualTo(1e-6);
    assertThat(estimate.spikeProxy()).isZero();
  }

  @Test
  void shouldTakeTheMedianDistanceFromTheMedian() {
    // given
    double[] returns = {1, 2, 4, 8, 16, 32, 64};
    KernelScratch scratch = new KernelScratch();
    scratch.sorted = new double[7];
    scratch.winsorised = new double[7];
    MarketStateTheta.Volatility theta =
        new MarketStateTheta.Volatility(7, 0, 1, 0.94, 1e-6, 5, -1000, 0.3);

    // when
    Sigma.Estimate estimate = Sigma.of(returns, 0, 7, theta, 0, scratch);

    // then: the median is 8, the distances 7 6 4 0 8 24 56
    assertThat(estimate.sigma()).isCloseTo(1.4826 * 7, within(1e-9));
  }

  private static MarketStateTheta theta(
      MarketStateTheta.Volatility volatility,
      List<Integer> windows,
      List<Double> weights,
      int window,
      int lags) {
    return new MarketStateTheta(
        1e-12,
        volatility,
        new MarketStateTheta.Trend(windows, weights, "ols"),
        new MarketStateTheta.Regime(window, lags, 1, MarketStateTheta.Scores.ONES));
  }

  private static MarketStateTheta.Volatility volatility(int window, double low, double high) {
    return new MarketStateTheta.Volatility(window, low, high, 0.94, 1e-6, 5, 1.2, 0.3);
  }

  private static boolean computes(MarketStateTheta theta) {
    return MarketStateKernel.compute(closes(), theta, new KernelScratch()).isPresent();
  }

  private static double[] closes() {
    return IntStream.range(0, 20).mapToDouble(i -> 100 + i % 7 + 0.5 * i).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1, false",
    "1, 0, 1, true",
    "10, 0, 1, true",
    "10, -0.01, 1, false",
    "10, 1.01, 1, false",
    "10, 1, 1, true",
    "10, 0, 0, true",
    "10, 0, -0.01, false",
    "10, 0, 1.01, false"
  })
  void shouldComputeWithAWindowAndQuantilesAlone(
      int window, double low, double high, boolean computed) {
    assertThat(computes(theta(volatility(window, low, high), List.of(4), List.of(1.0), 10, 2)))
        .isEqualTo(computed);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, false", "1, 1, true", "10, 0, false", "10, 1, true"})
  void shouldComputeWithAWindowAndLagsOfRegimesAlone(int window, int lags, boolean computed) {
    assertThat(computes(theta(volatility(10, 0, 1), List.of(4), List.of(1.0), window, lags)))
        .isEqualTo(computed);
  }

  @Test
  void shouldComputeWithAWeightForEachWindowOfTwoOrMore() {
    MarketStateTheta.Volatility volatility = volatility(10, 0, 1);

    assertThat(computes(theta(volatility, List.of(2), List.of(1.0), 10, 2))).isTrue();
    assertThat(computes(theta(volatility, List.of(1), List.of(1.0), 10, 2))).isFalse();
    assertThat(computes(theta(volatility, List.of(), List.of(), 10, 2))).isFalse();
    assertThat(computes(theta(volatility, List.of(4, 8), List.of(1.0), 10, 2))).isFalse();
    assertThat(computes(theta(volatility, List.of(4, 8), List.of(1.0, 2.0), 10, 2))).isTrue();
  }

  @Test
  void shouldWeighTheTrendsByTheShareOfEach() {
    // given
    MarketStateTheta.Volatility volatility = volatility(10, 0, 1);
    MarketStateTheta ones = theta(volatility, List.of(4, 8), List.of(0.25, 0.75), 10, 2);
    MarketStateTheta tens = theta(volatility, List.of(4, 8), List.of(2.5, 7.5), 10, 2);

    // then
    double mu = MarketStateKernel.compute(closes(), ones, new KernelScratch()).orElseThrow().mu();
    assertThat(mu).isNotZero();
    assertThat(MarketStateKernel.compute(closes(), tens, new KernelScratch()).orElseThrow().mu())
        .isCloseTo(mu, within(1e-15));
  }

  private static StopsKernel.Proposal stops(
      KernelPosition position, double trend, double ts, double stopMin) {
    SequencedMap<String, Double> regimes = new LinkedHashMap<>();
    regimes.put("trend", trend);
    StopsTheta theta =
        new StopsTheta(stopMin, 0.01, Map.of(), Map.of(), Map.of(), 0.5, 0.3, true, 0);
    return StopsKernel.propose("X", new StopsKernel.Market(0, ts, regimes), position, theta);
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0.5, false",
    "0.31, 0.5, true",
    "0.5, 0.1, false",
    "0.5, 0.11, true",
  })
  void shouldExtendTheTargetInATrendAboveTheLimits(double trend, double ts, boolean extended) {
    assertThat(
            stops(position(KernelPosition.LONG, 0, OptionalDouble.empty()), trend, ts, 0.25)
                .reasons()
                .contains("tp_extended"))
        .isEqualTo(extended);
  }

  @ParameterizedTest
  @CsvSource({
    "LONG, 75, 75, ",
    "LONG, 74, 75, sl_tightening",
    "LONG, 76, 76, sl_tightened_monotonic",
    "SHORT, 125, 125, ",
    "SHORT, 126, 125, sl_tightening",
    "SHORT, 124, 124, sl_tightened_monotonic"
  })
  void shouldSayThatAStopMovesOnlyWhereItDoes(
      String side, double current, double stop, String reason) {
    // when
    StopsKernel.Proposal proposal =
        stops(position(side, 0, OptionalDouble.of(current)), 0, 0, 0.25);

    // then the trailing stop lies where the plain one does
    assertThat(proposal.stop()).isCloseTo(stop, within(EXACT));
    assertThat(proposal.reasons())
        .isEqualTo(reason == null ? List.of("regime_trend") : List.of(reason, "regime_trend"));
  }

  @Test
  void shouldMakeRoomForWhatIsLongerAndKeepTheRest() {
    // given
    KernelScratch scratch = new KernelScratch();
    double[] logs = scratch.logs;
    double[] slopes = scratch.slopes;

    // when
    scratch.reserve(320, 256);

    // then
    assertThat(scratch.logs).isSameAs(logs);
    assertThat(scratch.slopes).isSameAs(slopes);
    assertThat(scratch.sorted).hasSize(320);

    // when
    scratch.reserve(321, 300);

    // then
    assertThat(scratch.logs).hasSize(321);
    assertThat(scratch.returns).hasSize(321);
    assertThat(scratch.slopes).hasSize(300 * 299 / 2);
  }
}
