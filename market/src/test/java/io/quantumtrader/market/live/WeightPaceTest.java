package io.quantumtrader.market.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WeightPaceTest {

  private static final long NOON = 1_763_546_400_000L;

  private final WeightPace pace = new WeightPace();

  @Test
  void shouldAllowUpToItsShareOfAMinute() {
    // given
    pace.told(1_598, NOON);

    // then: one step below, at and above the limit
    assertThat(pace.allows(1, NOON + 59_999)).isTrue();
    assertThat(pace.allows(2, NOON + 59_999)).isTrue();
    assertThat(pace.allows(3, NOON + 59_999)).isFalse();
  }

  @Test
  void shouldBeginAnewWithTheExchangesMinute() {
    // given
    pace.told(2_399, NOON + 59_999);
    assertThat(pace.allows(1, NOON + 59_999)).isFalse();

    // then
    assertThat(pace.allows(8, NOON + 60_000)).isTrue();
  }

  @Test
  void shouldAllowWhereNothingWasSaidYet() {
    assertThat(pace.allows(8, NOON)).isTrue();
  }
}
