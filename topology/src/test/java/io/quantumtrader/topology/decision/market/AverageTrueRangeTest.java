package io.quantumtrader.topology.decision.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AverageTrueRangeTest {

  @Test
  void shouldBeTheMeanOfFourteenAndThenWildersAverage() {
    // given
    AverageTrueRange range = AverageTrueRange.NONE;
    for (int i = 1; i <= 13; i++) {
      range = range.next(100 + i, 100, Double.NaN);
    }
    assertThat(range.isKnown()).isFalse();

    // when
    AverageTrueRange fourteenth = range.next(114, 100, Double.NaN);
    AverageTrueRange fifteenth = fourteenth.next(121.5, 100, Double.NaN);

    // then
    assertThat(fourteenth.isKnown()).isTrue();
    assertThat(fourteenth.value()).isEqualTo(7.5);
    assertThat(fifteenth.value()).isEqualTo((7.5 * 13 + 21.5) / 14);
  }

  @ParameterizedTest
  @CsvSource({"105, 100, NaN, 5", "105, 100, 102, 5", "105, 100, 98, 7", "105, 100, 109, 9"})
  void shouldSpanTheCloseBefore(double high, double low, double close, double expected) {
    assertThat(AverageTrueRange.NONE.next(high, low, close).value()).isEqualTo(expected);
  }
}
