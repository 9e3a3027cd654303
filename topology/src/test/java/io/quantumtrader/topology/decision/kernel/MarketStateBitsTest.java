package io.quantumtrader.topology.decision.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel gives the bits that its formulas give, whatever it leaves out to be quick. */
final class MarketStateBitsTest {

  private static final int STATES = 40;

  private static double[] closes(String kind, int n, Random random) {
    double[] closes = new double[n];
    double price = 100;
    for (int i = 0; i < n; i++) {
      price *= StrictMath.exp(0.001 * random.nextGaussian());
      closes[i] =
          switch (kind) {
            case "prices" -> price;
            case "ticks" -> Math.rint(price * 5) / 5;
            case "quiet" -> random.nextInt(50) == 0 || i == 0 ? price : closes[i - 1];
            case "constant" -> 100;
            case "huge" -> price * 1e300;
            case "tiny" -> price * 1e-12;
            case "line" -> 100 + i;
            case "growth" -> StrictMath.exp(0.5 * i);
            case "jump" -> i < n - 100 ? price : 7 * price;
            case "negative" -> i == n / 2 ? -1 : price;
            case "infinite" -> i == n / 2 ? Double.POSITIVE_INFINITY : price;
            case "infinities" -> random.nextInt(9) == 0 ? Double.POSITIVE_INFINITY : price;
            case "zeros" -> random.nextInt(3) == 0 ? 0 : price;
            default -> throw new IllegalArgumentException(kind);
          };
    }
    return closes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prices",
        "ticks",
        "quiet",
        "constant",
        "huge",
        "tiny",
        "line",
        "growth",
        "jump",
        "negative",
        "infinite",
        "infinities",
        "zeros"
      })
  void shouldGiveTheBitsOfTheFormulas(String kind) {
    Random random = new Random(kind.hashCode());
    KernelScratch used = new KernelScratch();
    for (int i = 0; i < STATES; i++) {
      double[] closes = closes(kind, i % 2 == 0 ? 257 : 300, random);

      assertThat(MarketStateKernel.compute(closes, used))
          .as(() -> Arrays.toString(closes))
          .contains(PlainMarketState.of(closes));
    }
  }
}
