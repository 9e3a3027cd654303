package io.quantumtrader.topology.time;

import static io.quantumtrader.topology.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IntentsLastTest {

  private static final String INTENTS = "quantum.trade.intent";

  private final IntentsLast intents = new IntentsLast();

  private static ConsumerRecord<Object, Object> record(long timeMs) {
    return new ConsumerRecord<>(
        INTENTS,
        0,
        0,
        timeMs,
        TimestampType.CREATE_TIME,
        0,
        0,
        "key",
        "value",
        new RecordHeaders(),
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, NOON, 253_370_764_800_000L, (1L << 62) - 1})
  void shouldPutAnIntentBehindEveryOtherRecordAndGiveItsTimeBack(long timeMs) {
    // when
    ConsumerRecord<Object, Object> record = record(timeMs);
    long taken = intents.extract(record, -1);

    // then
    assertThat(taken).isGreaterThan(253_370_764_800_000L);
    assertThat(IntentsLast.recordTime(INTENTS, taken)).isEqualTo(timeMs);
    assertThat(PlausibleTime.rejected(record.headers())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 62, Long.MAX_VALUE})
  void shouldKeepATimeThatCannotBeTakenForTheStage(long timeMs) {
    // when
    ConsumerRecord<Object, Object> record = record(timeMs);
    long taken = intents.extract(record, intents.extract(record(NOON), -1));

    // then
    assertThat(IntentsLast.recordTime(INTENTS, taken)).isEqualTo(NOON);
    assertThat(PlausibleTime.rejected(record.headers())).isEqualTo(OptionalLong.of(timeMs));
    assertThat(IntentsLast.recordTime(INTENTS, intents.extract(record(timeMs), -1))).isZero();
  }

  @Test
  void shouldLeaveTheTimesOfOtherTopicsAlone() {
    assertThat(IntentsLast.recordTime("quantum.apply.result", (1L << 62) + 5))
        .isEqualTo((1L << 62) + 5);
    assertThat(IntentsLast.recordTime(null, 5)).isEqualTo(5);
  }
}
