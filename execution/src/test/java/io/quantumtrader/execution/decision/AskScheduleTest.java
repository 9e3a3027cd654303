package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskScheduleTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1000",
    "1, 2000",
    "2, 4000",
    "3, 8000",
    "4, 16000",
    "5, 32000",
    "6, 60000",
    "7, 60000",
    "1000000, 60000"
  })
  void shouldDoubleUpToAMinute(int asked, long distanceMs) {
    // when
    long next = AskSchedule.next(5_000, asked);

    // then
    assertThat(next).isEqualTo(5_000 + distanceMs);
  }
}
