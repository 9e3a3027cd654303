package io.quantumtrader.app.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.testing.RegisteredBroker;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What several operators write who begin in the middle of each other. */
@Tag("real")
final class OperatorTransactionTest {

  private static final String ID = "operators";
  private static final TopicPartition PARTITION = new TopicPartition(Topic.CONTROL.topicName(), 0);
  private static final byte[] VALUE = {1};

  private static RegisteredBroker broker;

  @BeforeAll
  static void start() {
    broker = RegisteredBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static OperatorTransaction<String> begin() {
    return OperatorTransaction.begin(broker.client(), ID, new StringSerializer());
  }

  private static long send(OperatorTransaction<String> by, String key) {
    return by.send(new ProducerRecord<>(PARTITION.topic(), PARTITION.partition(), key, VALUE))
        .offset();
  }

  /** The keys that are committed; the patience is less than what an open transaction may take. */
  private static List<String> committed() {
    List<String> keys = new ArrayList<>();
    new TopicReader(broker.client(), Duration.ofSeconds(5))
        .read(PARTITION, 0, Long.MAX_VALUE, record -> keys.add(new String(record.key(), UTF_8)));
    return keys;
  }

  @Test
  void shouldWriteWhatOneCommitsAndNothingOfThoseItTookOver() {
    try (OperatorTransaction<String> first = begin()) {
      send(first, "first");
      try (OperatorTransaction<String> second = begin()) {
        // when
        assertThatThrownBy(() -> send(first, "late"))
            .isInstanceOf(OperatorTransaction.TakenOverException.class);
        long offset = send(second, "second");
        second.commit();
        OperatorTransaction.awaitVisible(() -> committed().contains("second"));

        // then
        assertThat(offset).isPositive();
        assertThatThrownBy(first::commit).isInstanceOf(RuntimeException.class);
      }
    }
    assertThat(committed()).contains("second").doesNotContain("first", "late");
  }

  @Test
  void shouldUndoWhatWasNotCommittedAsItEnds() {
    // given
    long offset;
    try (OperatorTransaction<String> undone = begin()) {
      offset = send(undone, "undone");
    }

    // when somebody else writes behind it, with no id of the operators
    try (OperatorTransaction<String> other =
        OperatorTransaction.begin(broker.client(), "others", new StringSerializer())) {
      send(other, "other");
      other.commit();
    }
    OperatorTransaction.awaitVisible(() -> committed().contains("other"));

    // then the broker was told: a reader does not wait for the end of what was left open
    assertThat(committed()).contains("other").doesNotContain("undone");
    assertThat(offset).isNotNegative();
  }

  /** Which of these a broker answers depends on how far the other has come. */
  @Test
  void shouldTakeEachAnswerToOneWhoWasOvertakenForThat() {
    for (Exception answer :
        List.of(
            new ProducerFencedException("fenced"),
            new ExecutionException(new InvalidProducerEpochException("old")),
            new KafkaException(new InvalidTxnStateException("ended")))) {
      assertThat(OperatorTransaction.isTakenOver(answer)).isTrue();
    }
    assertThat(OperatorTransaction.isTakenOver(new KafkaException("gone"))).isFalse();
  }
}
