package io.quantumtrader.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

  @Test
  void shouldNotPutOffWhatIsDueWhenTheSenderIsHeldUp() {
    Schedule schedule = new Schedule(100, 1);
    List<Long> sentNanos = new ArrayList<>();

    schedule.send(
        i -> {
          if (i == 10) {
            LockSupport.parkNanos(50_000_000);
          }
          sentNanos.add(System.nanoTime());
        });

    assertThat(sentNanos).hasSize(100).hasSize(schedule.count());
    for (int i = 0; i < schedule.count(); i++) {
      assertThat(schedule.dueNanos(i) - schedule.dueNanos(0)).isEqualTo(i * 10_000_000L);
      assertThat(sentNanos.get(i)).isGreaterThanOrEqualTo(schedule.dueNanos(i));
    }
  }
}
