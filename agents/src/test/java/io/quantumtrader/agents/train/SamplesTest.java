package io.quantumtrader.agents.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quantumtrader.agents.feature.Feature;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplesTest {

  private static final List<Feature> TWO = List.of(Feature.MU, Feature.SIGMA);

  @Test
  void shouldTakeEachOutcome() {
    double[][] x = {{1, 2}, {3, 4}, {5, 6}};

    assertThat(new Samples(TWO, x, new int[] {0, 1, 2}).size()).isEqualTo(3);
  }

  @Test
  void shouldRefuseSizesThatDoNotFit() {
    assertRefused(List.of(), new double[][] {{}}, 1);
    assertRefused(TWO, new double[][] {}, new int[0]);
    assertRefused(TWO, new double[][] {{1, 2}}, 0, 1);
    assertRefused(TWO, new double[][] {{1, 2}, {1}}, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void shouldRefuseOtherOutcomes(int outcome) {
    assertRefused(TWO, new double[][] {{1, 2}}, outcome);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void shouldRefuseWhatIsNoNumberInSinglePrecision(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Samples(TWO, new double[][] {{1, value}}, new int[] {1}))
        .withMessage("sigma of sample 0: " + value);
  }

  private static void assertRefused(List<Feature> inputs, double[][] x, int... y) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Samples(inputs, x, y));
  }
}
