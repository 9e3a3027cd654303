package io.quantumtrader.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {

  @Test
  void shouldTakeTheMiddleOfAnOddNumberOfRounds() {
    assertThat(Rounds.median(List.of(9.0, 1.0, 5.0, 2.0, 100.0))).isEqualTo(5.0);
  }

  @Test
  void shouldTakeTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    assertThat(Rounds.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3.0);
  }

  @Test
  void shouldCompareRoundByRound() {
    assertThat(Rounds.ratios(List.of(1.0, 8.0), List.of(2.0, 4.0))).containsExactly(0.5, 2.0);
  }

  @Test
  void shouldNotCompareWhatWasNotMeasuredTogether() {
    assertThatThrownBy(() -> Rounds.ratios(List.of(1.0), List.of(1.0, 2.0)))
        .hasMessageContaining("1 rounds cannot be compared with 2");
  }

  @Test
  void shouldShowThreeDigitsOfASmallNumberAndAllOfALargeOne() {
    assertThat(List.of(0.0841, 1.234, 12.34, 123.4, 12_345.6))
        .extracting(Numbers::text)
        .containsExactly("0.084", "1.23", "12.3", "123", "12 346");
  }
}
