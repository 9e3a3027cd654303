package io.quantumtrader.topology.time;

import static io.quantumtrader.topology.Given.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.topology.Given;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlausibleTimeTest {

  /** A day after noon. */
  private static final long WALL = NOON + 86_400_000;

  private final ProcessClock clock = new ProcessClock();
  private final PlausibleTime times = new PlausibleTime();

  PlausibleTimeTest() {
    LongSupplier wall = () -> WALL;
    times.configure(Map.of(ProcessClock.SETTING, clock, WallClock.SETTING, wall));
  }

  private static ConsumerRecord<Object, Object> record(String topic, long timeMs, Object value) {
    return new ConsumerRecord<>(
        topic,
        0,
        0,
        timeMs,
        TimestampType.CREATE_TIME,
        0,
        0,
        "key",
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    // record time, partition time, time taken, rejected
    "0,7,0,false",
    "-1,7,7,true",
    "-1,-1,0,true",
    "-9223372036854775808,-1,0,true",
    "1763553605000,7,1763553605000,false",
    "1763553605001,7,1763553605001,false",
    "1763640004999,7,1763640004999,false",
    "1763640005000,7,1763640005000,false",
    "1763640005001,7,7,true",
    "9223372036854775807,7,7,true",
    "9223372036854775807,-1,0,true"
  })
  void shouldTakeTimesFrom1970ToTheWallClockAndLeaveTheRestToTheStage(
      long timeMs, long partitionTime, long expected, boolean rejected) {
    // given
    clock.pass(NOON);
    ConsumerRecord<Object, Object> record = record("any", timeMs, "value");

    // when
    long taken = times.extract(record, partitionTime);

    // then
    assertThat(taken).isEqualTo(expected);
    assertThat(PlausibleTime.rejected(record.headers()))
        .isEqualTo(rejected ? OptionalLong.of(timeMs) : OptionalLong.empty());
  }

  @ParameterizedTest
  @CsvSource({"-1,0", "0,0", "1763640005000,1763640005000", "1763640005001,0"})
  void shouldTakeTheSameTimesBeforeTheFirstStep(long timeMs, long expected) {
    assertThat(times.extract(record("any", timeMs, "value"), -1)).isEqualTo(expected);
  }

  @Test
  void shouldReadTheClockAsItPassesBy() {
    // when
    times.extract(record("quantum.clock", NOON, Given.clock(NOON)), -1);
    times.extract(record("quantum.clock", NOON - 5, Given.clock(NOON - 5)), -1);
    times.extract(record("elsewhere", NOON + 9, Given.clock(NOON + 9)), -1);

    // then
    assertThat(clock.nowMs()).isEqualTo(OptionalLong.of(NOON));
  }

  @Test
  void shouldNotLetTheClockOfTheProcessPassAStepThatCannotBeBelieved() {
    // given
    ConsumerRecord<Object, Object> first = record("quantum.clock", NOON, Given.clock(NOON));
    first.headers().add(ClockEpoch.header(7));
    ConsumerRecord<Object, Object> stale = record("quantum.clock", NOON, Given.clock(NOON + 9));
    stale.headers().add(ClockEpoch.header(6));

    // when
    times.extract(first, -1);
    times.extract(stale, -1);
    times.extract(record("quantum.clock", NOON, Given.clock(NOON + 9)), -1);
    times.extract(record("quantum.clock", NOON, Given.clock(WALL + 5_001)), -1);

    // then
    assertThat(clock.nowMs()).isEqualTo(OptionalLong.of(NOON));
  }

  @Test
  void shouldWorkOnItsOwn() {
    assertThat(new PlausibleTime().extract(record("any", 5, "value"), -1)).isEqualTo(5);
    assertThat(new ProcessClock().nowMs()).isEmpty();
  }

  @Test
  void shouldReadNothingOutOfForeignHeaders() {
    // given
    RecordHeaders text = new RecordHeaders();
    text.add(PlausibleTime.REJECTED, "soon".getBytes(UTF_8));
    RecordHeaders nothing = new RecordHeaders();
    nothing.add(PlausibleTime.REJECTED, null);

    // then
    assertThat(PlausibleTime.rejected(text)).isEmpty();
    assertThat(PlausibleTime.rejected(nothing)).isEmpty();
    assertThat(PlausibleTime.rejected(new RecordHeaders())).isEmpty();
  }
}
