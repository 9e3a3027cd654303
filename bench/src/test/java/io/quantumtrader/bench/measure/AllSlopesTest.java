package io.quantumtrader.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllSlopesTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 64, 67, 256})
  void shouldSelectWhatSortingGives(int n) {
    // given
    double[] y = new Random(n).doubles(n + 3).map(each -> Math.rint(each * 9)).toArray();
    double[] sorted = new double[n * (n - 1) / 2];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        sorted[count++] = (y[3 + j] - y[3 + i]) / (j - i);
      }
    }
    Arrays.sort(sorted);
    double upper = sorted[count / 2];
    double expected = count % 2 == 1 ? upper : (sorted[count / 2 - 1] + upper) / 2;

    // then
    assertThat(new AllSlopes().median(y, 3, n)).isEqualTo(expected);
  }
}
