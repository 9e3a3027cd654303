package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadManSwitchTest extends OpenPositionBase {

  @Test
  void shouldTellAgainAtOnceWhereTheClockHadRunAhead() {
    // given: told at a time that is a day ahead
    settings = MockClients.settings().deadMan(Duration.ofSeconds(60));
    desk = takenUp(PartitionHistory.NONE);
    open2();
    later();
    tick(NOW + Duration.ofDays(1).toMillis());
    int before = calls("dead man").size();

    // when
    long wallMs = NOW + AccountSync.LOOK_MS + Duration.ofMinutes(1).toMillis();
    desk.doubt(wallMs);
    tick(wallMs);

    // then
    assertThat(before).isPositive();
    assertThat(calls("dead man")).hasSize(before + 1);
  }
}
