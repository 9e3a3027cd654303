package io.quantumtrader.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.bench.run.CpuMeter.Spent;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CpuMeterTest {

  private static final Spent SPENT =
      new Spent(
          1_000,
          500,
          Map.of(
              "bench-own-main", 30L,
              "kafka-producer-network-thread | bench-own", 20L,
              "bench-entries-StreamThread-1", 200L,
              "kafka-producer-network-thread | bench-entries-StreamThread-1-producer", 50L,
              "data-plane-kafka-request-handler-0", 100L));

  @Test
  void shouldTakeTheMeasurementsOwnThreadsOff() {
    assertThat(SPENT.processNanos()).isEqualTo(450);
  }

  @Test
  void shouldCountTheHelpersOfAClientToIt() {
    assertThat(SPENT.client("bench-entries")).isEqualTo(250);
  }

  @Test
  void shouldAddUp() {
    Spent sum = SPENT.plus(SPENT);

    assertThat(sum.elapsedNanos()).isEqualTo(2_000);
    assertThat(sum.processNanos()).isEqualTo(900);
    assertThat(sum.client("bench-entries")).isEqualTo(500);
  }

  @Test
  void shouldCountWhatAThreadSpentSinceBefore() {
    CpuMeter.Reading before = CpuMeter.read();
    long sum = 0;
    for (int i = 0; i < 20_000_000; i++) {
      sum += i % 7;
    }
    Spent spent = CpuMeter.read().since(before);

    assertThat(sum).isPositive();
    String current = Thread.currentThread().getName();
    assertThat(spent.threads(current::equals)).isPositive().isLessThanOrEqualTo(spent.wholeNanos());
  }
}
