package io.quantumtrader.topology.decision.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarketStateKernelTest {

  private static final MarketStateTheta DEFAULT = MarketStateTheta.DEFAULT;

  private static double[] moving(int closes) {
    double[] prices = new double[closes];
    for (int i = 0; i < closes; i++) {
      prices[i] = 100 + i % 7 + 0.01 * i;
    }
    return prices;
  }

  @ParameterizedTest
  @CsvSource({"0, false", "256, false", "257, true", "258, true"})
  void shouldNeed257Closes(int closes, boolean enough) {
    assertThat(MarketStateKernel.compute(moving(closes), new KernelScratch()).isPresent())
        .isEqualTo(enough);
  }

  @ParameterizedTest
  @CsvSource({"10, false", "11, true"})
  void shouldNeedTenReturnsWhateverTheWindows(int closes, boolean enough) {
    // given
    MarketStateTheta small = theta(3, 0.01, 0.99, List.of(4), List.of(1.0), 3, 2);

    // then
    assertThat(MarketStateKernel.compute(moving(closes), small, new KernelScratch()).isPresent())
        .isEqualTo(enough);
  }

  static Stream<MarketStateTheta> unusable() {
    return Stream.of(
        theta(0, 0.01, 0.99, List.of(4), List.of(1.0), 3, 2),
        theta(3, -0.01, 0.99, List.of(4), List.of(1.0), 3, 2),
        theta(3, 0.01, 1.01, List.of(4), List.of(1.0), 3, 2),
        theta(3, 0.01, 0.99, List.of(), List.of(1.0), 3, 2),
        theta(3, 0.01, 0.99, List.of(1), List.of(1.0), 3, 2),
        theta(3, 0.01, 0.99, List.of(4, 5), List.of(1.0), 3, 2),
        theta(3, 0.01, 0.99, List.of(4), List.of(1.0), 0, 2),
        theta(3, 0.01, 0.99, List.of(4), List.of(1.0), 3, 0));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void shouldGiveNothingForParametersThatCannotBeComputedWith(MarketStateTheta theta) {
    assertThat(MarketStateKernel.compute(moving(300), theta, new KernelScratch())).isEmpty();
  }

  @Test
  void shouldCarryNothingFromOneStateToTheNext() {
    // given
    KernelScratch used = new KernelScratch();
    MarketStateTheta wide = theta(256, 0.01, 0.99, List.of(400), List.of(1.0), 256, 5);
    MarketStateKernel.compute(moving(450), wide, used);

    // when
    MarketStateKernel.State state = MarketStateKernel.compute(moving(300), used).orElseThrow();

    // then
    assertThat(state)
        .isEqualTo(MarketStateKernel.compute(moving(300), new KernelScratch()).orElseThrow());
  }

  @Test
  void shouldSayWhatFlatPricesSay() {
    // given
    double[] flat = new double[300];
    Arrays.fill(flat, 42);

    // when
    MarketStateKernel.State state =
        MarketStateKernel.compute(flat, new KernelScratch()).orElseThrow();

    // then
    assertThat(state.sigma()).isEqualTo(1e-6);
    assertThat(state.mu()).isZero();
    assertThat(state.dp()).isEqualTo(1);
    assertThat(state.vr()).isZero();
    assertThat(state.regimes().trend()).isEqualTo(state.regimes().chop());
    assertThat(state.returns()).isEqualTo(299);
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, 0.4, 0.2, trend",
    "0.3, 0.4, 0.3, mr",
    "0.2, 0.4, 0.4, mr",
    "0.2, 0.3, 0.5, chop",
    "0.4, 0.2, 0.4, trend"
  })
  void shouldNameTheLikeliestRegime(double trend, double mr, double chop, String expected) {
    assertThat(new RegimeProbabilities(trend, mr, chop).likeliest()).isEqualTo(expected);
  }

  private static MarketStateTheta theta(
      int sigmaWindow,
      double low,
      double high,
      List<Integer> windows,
      List<Double> weights,
      int regimeWindow,
      int lags) {
    return new MarketStateTheta(
        DEFAULT.eps(),
        new MarketStateTheta.Volatility(sigmaWindow, low, high, 0.94, 1e-6, 5, 1.2, 0.3),
        new MarketStateTheta.Trend(windows, weights, "theil_sen"),
        new MarketStateTheta.Regime(regimeWindow, lags, 1, MarketStateTheta.Scores.ONES));
  }
}
