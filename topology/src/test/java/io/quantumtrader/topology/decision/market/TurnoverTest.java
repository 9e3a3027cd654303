package io.quantumtrader.topology.decision.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnoverTest {

  private static final BigDecimal TEN = BigDecimal.TEN;
  private static final BigDecimal FIVE = BigDecimal.valueOf(5);

  @ParameterizedTest
  @CsvSource({"2438, 15", "2439, 15", "2440, 5", "2441, 5", "5000, 5"})
  void shouldSumTheMinutesOfADay(long minute, String expected) {
    // given
    Turnover turnover = Turnover.NONE.with(1000, TEN, at -> null);

    // when
    Turnover later = turnover.with(minute, FIVE, at -> at == 1000 ? TEN : BigDecimal.ZERO);

    // then
    assertThat(later.inDay()).isEqualByComparingTo(expected);
    assertThat(later.inMinute()).isEqualByComparingTo(FIVE);
  }

  @Test
  void shouldAddUpWithinAMinute() {
    // when
    Turnover turnover = Turnover.NONE.with(7, TEN, at -> null).with(7, FIVE, at -> null);

    // then
    assertThat(turnover).isEqualTo(new Turnover(7, new BigDecimal(15), new BigDecimal(15)));
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 0, -1",
    "999, 0, -1",
    "1001, -439, -439",
    "1003, -439, -437",
    "2440, -439, 1000",
    "9999, -439, 1000"
  })
  void shouldNameTheMinutesThatLeave(long minute, long first, long last) {
    // given
    Turnover turnover = Turnover.NONE.with(1000, TEN, at -> null);

    // when
    MinuteRange leaving = turnover.leavingBy(minute);

    // then
    assertThat(leaving).isEqualTo(new MinuteRange(first, last));
  }

  @Test
  void shouldKnowTheMinuteOfATime() {
    assertThat(Turnover.minuteOf(119_999)).isEqualTo(1);
    assertThat(Turnover.minuteOf(120_000)).isEqualTo(2);
    assertThat(Turnover.NONE.leavingBy(5)).isEqualTo(MinuteRange.NONE);
  }
}
