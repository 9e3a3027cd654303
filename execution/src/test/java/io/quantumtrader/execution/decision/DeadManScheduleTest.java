package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeadManScheduleTest {

  private static final Duration WITHIN = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource({"100000, false", "119999, false", "120000, true", "99999, true"})
  void shouldBeDueAfterAThirdOfTheTimeOrWhereTheClockWasSetBack(long nowMs, boolean due) {
    assertThat(DeadManSchedule.isDue(OptionalLong.of(100_000), nowMs, WITHIN)).isEqualTo(due);
  }

  @Test
  void shouldBeDueAtFirstAndNeverWhereItIsOff() {
    assertThat(DeadManSchedule.isDue(OptionalLong.empty(), 0, WITHIN)).isTrue();
    assertThat(DeadManSchedule.isDue(OptionalLong.empty(), 0, Duration.ZERO)).isFalse();
  }
}
