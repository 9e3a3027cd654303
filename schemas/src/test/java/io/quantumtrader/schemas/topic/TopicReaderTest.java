package io.quantumtrader.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a reader gets to an end, with a consumer that only says what it is told to. */
final class TopicReaderTest {

  private static final TopicPartition FIRST = new TopicPartition("topic", 0);
  private static final TopicPartition SECOND = new TopicPartition("topic", 1);
  private static final Duration FIVE_POLLS = Duration.ofMillis(500);

  private final Polls consumer = new Polls();
  private final List<Long> taken = new ArrayList<>();

  /** Counts how often it was asked. */
  private static final class Polls extends MockConsumer<String, String> {
    private int polls;

    Polls() {
      super("earliest");
    }

    @Override
    public synchronized ConsumerRecords<String, String> poll(Duration timeout) {
      polls++;
      return super.poll(timeout);
    }
  }

  @BeforeEach
  void assign() {
    consumer.assign(List.of(FIRST, SECOND));
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
  }

  private void add(TopicPartition of, long offset) {
    consumer.addRecord(new ConsumerRecord<>(of.topic(), of.partition(), offset, "key", "value"));
  }

  private int readTo(Map<TopicPartition, Long> ends) {
    return TopicReader.readTo(consumer, ends, FIVE_POLLS, record -> taken.add(record.offset()));
  }

  @Test
  void shouldReadEachPartitionToItsEnd() {
    add(FIRST, 0);
    consumer.schedulePollTask(() -> add(SECOND, 0));
    consumer.schedulePollTask(() -> add(SECOND, 1));

    assertThat(readTo(Map.of(FIRST, 1L, SECOND, 2L))).isEqualTo(3);

    assertThat(taken).containsExactlyInAnyOrder(0L, 0L, 1L);
  }

  @Test
  void shouldBeAtTheEndWhereOnlyTheEndOfATransactionIsLeft() {
    add(FIRST, 0);
    consumer.schedulePollTask(() -> {});
    // The mark takes an offset and is no record: the position goes past it all the same.
    consumer.schedulePollTask(() -> consumer.seek(FIRST, 2));

    assertThat(readTo(Map.of(FIRST, 2L))).isEqualTo(1);
  }

  @Test
  void shouldHandOverWhatTheConsumerHasPassed() {
    add(FIRST, 0);
    add(FIRST, 1);

    readTo(Map.of(FIRST, 1L));

    assertThat(taken).containsExactly(0L, 1L);
    assertThat(consumer.position(FIRST)).isEqualTo(2);
  }

  @Test
  void shouldAskNothingWhereItIsAtTheEnd() {
    assertThat(readTo(Map.of(FIRST, 0L, SECOND, 0L))).isZero();
    assertThat(consumer.polls).isZero();
  }

  @Test
  void shouldGiveUpWhereItStandsStillAndSayWhere() {
    add(FIRST, 0);

    assertThatThrownBy(() -> readTo(Map.of(FIRST, 2L)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("topic-0=1")
        .hasMessageContaining("topic-0=2");

    assertThat(taken).containsExactly(0L);
    assertThat(consumer.polls).isEqualTo(1 + 5);
  }

  @Test
  void shouldNotCountProgressAsStandingStill() {
    for (long offset = 0; offset < 20; offset++) {
      long next = offset;
      consumer.schedulePollTask(() -> add(FIRST, next));
    }

    assertThat(readTo(Map.of(FIRST, 20L))).isEqualTo(20);
  }
}
