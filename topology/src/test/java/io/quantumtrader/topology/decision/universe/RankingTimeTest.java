package io.quantumtrader.topology.decision.universe;

import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingTimeTest {

  @ParameterizedTest
  @CsvSource({
    "9, 0, false",
    "10, 0, true",
    "11, 0, true",
    "0, 3599999, false",
    "0, 3600000, true",
    "9, 3600001, true"
  })
  void shouldRankFirstWhenEnoughIsWarmOrAnHourIsOver(int warm, long sinceBegin, boolean due) {
    assertThat(RankingTime.isDue(NOON + sinceBegin, OptionalLong.empty(), warm, NOON))
        .isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "3599999, false", "3600000, true", "7300000, true", "-1, false"})
  void shouldRankAgainAtEachFullHour(long sinceNoon, boolean due) {
    // given
    OptionalLong lastRank = OptionalLong.of(NOON);

    // then
    assertThat(RankingTime.isDue(NOON + sinceNoon, lastRank, 50, NOON - HOUR)).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({"-1, true", "-3600000, true", "0, false"})
  void shouldGoByTheHourOfTheClockAndNotByTheTimeSince(long lastBeforeNoon, boolean due) {
    assertThat(RankingTime.isDue(NOON, OptionalLong.of(NOON + lastBeforeNoon), 50, 0))
        .isEqualTo(due);
  }
}
