package io.quantumtrader.schemas.time;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit one step below it, at it and above it. The wall clock says 1,000,000. */
final class ClockCheckTest {

  private static final long WALL = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    // step, epoch, greatest epoch, reason
    "1004999,0,0,",
    "1005000,0,0,",
    "1005001,0,0,CLOCK_IN_FUTURE",
    "253370764800000,0,0,CLOCK_IN_FUTURE",
    "9223372036854775807,0,0,CLOCK_IN_FUTURE",
    "0,0,0,",
    "-1,0,0,TIME_INVALID",
    "-9223372036854775808,0,0,TIME_INVALID",
    "1000000,6,7,CLOCK_NOT_OF_THE_FEED",
    "1000000,7,7,",
    "1000000,8,7,",
    "1000000,0,0,",
    "1000000,0,1,CLOCK_NOT_OF_THE_FEED",
    "1000000,-1,0,CLOCK_NOT_OF_THE_FEED",
    "1000000,1004999,7,",
    "1000000,1005000,7,",
    "1000000,1005001,7,CLOCK_NOT_OF_THE_FEED",
    "1000000,9223372036854775807,7,CLOCK_NOT_OF_THE_FEED",
  })
  void shouldBelieveStepsUpToTheWallClockAndOfTheNewestFeed(
      long stepMs, long epoch, long greatest, ReasonCode reason) {
    assertThat(ClockCheck.refuse(stepMs, epoch, WALL, greatest))
        .isEqualTo(Optional.ofNullable(reason));
  }

  @ParameterizedTest
  @CsvSource({"100,0,100", "100,99,100", "100,100,101", "100,105,106"})
  void shouldBeginLaterThanEveryFeedBefore(long wallMs, long last, long expected) {
    assertThat(ClockEpoch.begin(wallMs, last)).isEqualTo(expected);
  }

  @Test
  void shouldReadTheEpochThatItWrites() {
    RecordHeaders headers = new RecordHeaders();
    assertThat(ClockEpoch.of(headers)).isZero();
    headers.add(ClockEpoch.header(1_763_553_600_000L));
    assertThat(ClockEpoch.of(headers)).isEqualTo(1_763_553_600_000L);
    headers.add("epoch", "soon".getBytes(UTF_8));
    assertThat(ClockEpoch.of(headers)).isNegative();
    headers.add("epoch", null);
    assertThat(ClockEpoch.of(headers)).isNegative();
  }

  @Test
  void shouldTakeTheWallClockOfTheConfigurationElseTheMachines() {
    LongSupplier own = () -> 7;
    assertThat(WallClock.in(Map.of(WallClock.SETTING, own)).getAsLong()).isEqualTo(7);
    assertThat(WallClock.in(Map.of()).getAsLong()).isGreaterThan(1_700_000_000_000L);
  }
}
