package io.quantumtrader.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {

  private static Retries retries(double jitter) {
    return new Retries(
        9, Duration.ofMillis(100), Duration.ofMillis(1_000), any -> {}, () -> jitter);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 50",
    "0, 0.5, 75",
    "0, 0.998, 100",
    "1, 0, 100",
    "3, 0, 400",
    "4, 0, 500",
    "9, 0, 500",
    "1000, 0, 500"
  })
  void shouldDoubleUpToTheLongestAndSpreadOverTheUpperHalf(
      int repetition, double jitter, long millis) {
    assertThat(retries(jitter).delay(repetition)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void shouldRefuseBoundsThatMakeNoSense() {
    Duration one = Duration.ofMillis(1);
    assertThatThrownBy(() -> new Retries(-1, one, one, any -> {}, () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Retries(1, Duration.ofMillis(2), one, any -> {}, () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
