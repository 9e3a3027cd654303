package io.quantumtrader.topology.decision.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlopesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 10, 599, 600, 601, 602, 2016, 8128, 32_640})
  void shouldSelectTheMedianThatSortingGives(int length) {
    Random random = new Random(length);
    for (int shape = 0; shape < 6; shape++) {
      // given
      double[] values = new double[length];
      for (int i = 0; i < length; i++) {
        values[i] =
            switch (shape) {
              case 0 -> random.nextGaussian();
              case 1 -> random.nextInt(3);
              case 2 -> 7;
              case 3 -> i;
              case 4 -> -i;
              default -> i % 2 == 0 ? Double.NEGATIVE_INFINITY : random.nextDouble();
            };
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double upper = sorted[length / 2];
      double expected = length % 2 == 1 ? upper : (sorted[length / 2 - 1] + upper) / 2;

      // when
      double median = Selection.median(values, length);

      // then
      assertThat(median).as("shape %d", shape).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 17, 64, 256})
  void shouldTakeTheMedianOfAllPairwiseSlopes(int n) {
    // given
    Random random = new Random(n);
    double[] y = random.doubles(n + 5).toArray();
    double[] slopes = new double[n * (n - 1) / 2];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[count++] = (y[5 + j] - y[5 + i]) / (j - i);
      }
    }
    Arrays.sort(slopes);
    double upper = slopes[count / 2];
    double expected = count % 2 == 1 ? upper : (slopes[count / 2 - 1] + upper) / 2;

    // when
    double slope = Slopes.slope("theil_sen", y, 5, n, new KernelScratch());

    // then
    assertThat(slope).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"theil_sen", "huber", "ols"})
  void shouldFindTheSlopeOfAStraightLine(String method) {
    // given
    double[] y = new double[64];
    for (int i = 0; i < y.length; i++) {
      y[i] = 3 + 0.25 * i;
    }

    // when
    double slope = Slopes.slope(method, y, 0, y.length, new KernelScratch());

    // then
    assertThat(slope).isCloseTo(0.25, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"theil_sen", "huber", "ols"})
  void shouldSayNotANumberWhereAValueIsNot(String method) {
    // given
    double[] y = {1, 2, Double.NaN, 4};

    // when
    double slope = Slopes.slope(method, y, 0, y.length, new KernelScratch());

    // then
    assertThat(slope).isNaN();
  }

  /** Expected values: scipy.optimize.minimize(method="Nelder-Mead") from numpy.polyfit. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.05016135084427766",
    "1, 0.04746062584150754",
    "3, 0.03994859900081039",
    "6, 0.02040682450869412"
  })
  void shouldStopWhereScipyStops(int outliers, double expected) {
    // given
    double[] y = new double[40];
    for (int i = 0; i < y.length; i++) {
      y[i] = 0.05 * i + (i * 7 % 11) * 0.01;
    }
    for (int i = 0; i < outliers; i++) {
      y[30 + i] = -20 - i;
    }

    // when
    double slope = Slopes.slope("huber", y, 0, y.length, new KernelScratch());

    // then
    assertThat(slope).isCloseTo(expected, within(1e-9));
  }
}
