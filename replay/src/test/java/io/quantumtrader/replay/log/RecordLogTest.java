package io.quantumtrader.replay.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.topic.Accounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RecordLogTest {

  private static final TopicPartition FIRST = new TopicPartition("t", 0);
  private static final TopicPartition SECOND = new TopicPartition("t", 1);

  private final RecordLog log = new RecordLog();

  @BeforeEach
  void createTopic() {
    log.create("t", 2);
  }

  @Test
  void shouldShowWhatATransactionWroteOnlyOnceItIsCommitted() {
    LogProducer producer = new LogProducer(log, "id");
    LogConsumer consumer = reading("group");
    producer.initTransactions();

    producer.beginTransaction();
    var unused = producer.send(record(0, "a"));
    producer.sendOffsetsToTransaction(
        Map.of(SECOND, new OffsetAndMetadata(7)), consumer.groupMetadata());

    assertThat(values(consumer)).isEmpty();
    assertThat(log.committed("group", SECOND)).isNull();
    producer.commitTransaction();
    assertThat(values(consumer)).containsExactly("a");
    assertThat(log.committed("group", SECOND).offset()).isEqualTo(7);
  }

  @Test
  void shouldLoseWhatWasNotCommitted() {
    LogProducer producer = new LogProducer(log, "id");
    producer.initTransactions();
    producer.beginTransaction();
    var unused = producer.send(record(0, "aborted"));
    producer.abortTransaction();
    producer.beginTransaction();
    var unused2 = producer.send(record(0, "died"));
    producer.close();

    assertThat(log.appended()).isZero();
  }

  @Test
  void shouldRefuseAProducerThatALaterOneReplaced() {
    LogProducer earlier = new LogProducer(log, "id");
    earlier.initTransactions();
    earlier.beginTransaction();
    var unused = earlier.send(record(0, "late"));
    new LogProducer(log, "id").initTransactions();

    assertThatThrownBy(earlier::commitTransaction).isInstanceOf(ProducerFencedException.class);
    assertThatThrownBy(earlier::beginTransaction).isInstanceOf(ProducerFencedException.class);
    assertThat(log.appended()).isZero();
  }

  @Test
  void shouldRefuseAMemberWhosePlaceAnotherOneHas() {
    LogConsumer earlier = member("group");
    LogProducer producer = new LogProducer(log, "id");
    producer.initTransactions();
    earlier.commitSync();
    member("group");

    assertThatThrownBy(earlier::commitSync).isInstanceOf(CommitFailedException.class);
    producer.beginTransaction();
    assertThatThrownBy(
            () ->
                producer.sendOffsetsToTransaction(
                    Map.of(FIRST, new OffsetAndMetadata(1)), earlier.groupMetadata()))
        .isInstanceOf(CommitFailedException.class);
  }

  @Test
  void shouldGivePartitionsUpWhenItLeavesAndNotWhenItDies() {
    List<TopicPartition> revoked = new ArrayList<>();
    for (boolean dies : List.of(true, false)) {
      LogConsumer consumer = new LogConsumer(log, "group");
      consumer.subscribe(
          List.of("t"),
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
              revoked.addAll(partitions);
              assertThat(consumer.assignment()).containsExactlyInAnyOrderElementsOf(partitions);
            }
          });
      consumer.poll(Duration.ZERO);
      if (dies) {
        consumer.abandon();
        assertThat(revoked).isEmpty();
      } else {
        consumer.close();
      }
      assertThat(consumer.assignment()).isEmpty();
    }

    assertThat(revoked).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void shouldGiveAKeyThePartitionThatKafkaGivesIt() {
    Random random = new Random(3);
    for (int partitions : new int[] {1, 2, 3, 7, 64}) {
      log.create("many", partitions);
      for (int i = 0; i < 200; i++) {
        String account = "account" + random.nextInt(1_000_000);
        byte[] key = account.getBytes(UTF_8);
        TopicPartition kafkas =
            new TopicPartition("many", BuiltInPartitioner.partitionForKey(key, partitions));
        long before = log.partition(kafkas).end();

        log.append(new ProducerRecord<>("many", key, bytes("a")));

        assertThat(log.partition(kafkas).end()).isEqualTo(before + 1);
        assertThat(Accounts.partitionOf(account, partitions)).isEqualTo(kafkas.partition());
      }
    }
    log.append(new ProducerRecord<>("t", null, bytes("without a key")));
    assertThat(log.partition(FIRST).end()).isEqualTo(1);
    assertThatThrownBy(() -> log.partitions("u"))
        .isInstanceOf(UnknownTopicOrPartitionException.class);
  }

  @Test
  void shouldKeepWhatSomebodyInAGroupHasYetToRead() {
    LogConsumer fast = reading("fast");
    LogConsumer slow = reading("slow");
    LogConsumer glancing = reading("");
    for (int i = 0; i < 3_000; i++) {
      log.append(record(0, "v" + i));
    }
    assertThat(values(fast)).hasSize(3_000);
    log.trim();

    assertThat(log.partition(FIRST).begin()).isZero();
    assertThat(values(slow)).hasSize(3_000);
    log.trim();
    assertThat(log.partition(FIRST).begin()).isEqualTo(3_000);
    assertThat(glancing.endOffsets(List.of(FIRST))).containsEntry(FIRST, 3_000L);
    log.append(record(0, "next"));
    assertThat(values(fast)).containsExactly("next");
  }

  @Test
  void shouldKeepAllWhereThatIsWanted() {
    log.keepEverything();
    LogConsumer consumer = reading("group");
    log.append(record(0, "a"));
    assertThat(values(consumer)).hasSize(1);
    log.trim();

    consumer.seekToBeginning(List.of(FIRST));
    assertThat(values(consumer)).containsExactly("a");
  }

  @Test
  void shouldGiveAMemberItsPartitionsWithItsNextPollAndGoOnWhereItsGroupWas() {
    log.append(record(0, "a"));
    log.append(record(0, "b"));
    log.commit("group", Map.of(FIRST, new OffsetAndMetadata(1)));
    LogConsumer consumer = new LogConsumer(log, "group");
    List<TopicPartition> assigned = new ArrayList<>();
    consumer.subscribe(
        List.of("t"),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assigned.addAll(partitions);
          }
        });

    assertThat(consumer.hasNews()).isTrue();
    assertThat(values(consumer)).containsExactly("b");
    assertThat(assigned).containsExactly(FIRST, SECOND);
    assertThat(consumer.hasNews()).isFalse();
  }

  @Test
  void shouldHoldBackWhatIsPaused() {
    LogConsumer consumer = reading("group");
    log.append(record(0, "a"));
    log.append(record(1, "b"));
    consumer.pause(List.of(FIRST));

    assertThat(values(consumer)).containsExactly("b");
    assertThat(consumer.hasNews()).isFalse();
    consumer.resume(List.of(FIRST));
    assertThat(values(consumer)).containsExactly("a");
  }

  @Test
  void shouldFindTheFirstRecordOfATime() {
    for (long ms : new long[] {10, 20, 30}) {
      log.append(new ProducerRecord<>("t", 0, ms, bytes("k"), bytes("v")));
    }
    LogConsumer consumer = reading("");

    assertThat(consumer.offsetsForTimes(Map.of(FIRST, 11L)).get(FIRST).offset()).isEqualTo(1);
    assertThat(consumer.offsetsForTimes(Map.of(FIRST, 20L)).get(FIRST).offset()).isEqualTo(1);
    assertThat(consumer.offsetsForTimes(Map.of(FIRST, 31L)).get(FIRST)).isNull();
  }

  @Test
  void shouldGoOnBehindWhatWasReadElsewhere() {
    log.skipTo(Map.of(FIRST, 5L, new TopicPartition("later", 0), 3L));
    log.create("later", 1);

    assertThat(log.append(record(0, "a"))).isEqualTo(5);
    assertThat(log.append(record(1, "b"))).isZero();
    assertThat(log.append(new ProducerRecord<>("later", 0, 1L, bytes("k"), bytes("c"))))
        .isEqualTo(3);
    assertThat(log.ends())
        .containsOnly(
            Map.entry(FIRST, 6L),
            Map.entry(SECOND, 1L),
            Map.entry(new TopicPartition("later", 0), 4L));
    assertThat(values(reading("group"))).containsExactly("a", "b");
  }

  @Test
  void shouldNotSkipWhatItHoldsNorGoBack() {
    log.append(record(0, "a"));

    assertThatThrownBy(() -> log.skipTo(Map.of(FIRST, 2L)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("t-0 is at 1 with 1 records, not at 2");
    assertThatThrownBy(() -> log.skipTo(Map.of(FIRST, 0L)))
        .isInstanceOf(IllegalStateException.class);
    log.skipTo(Map.of(FIRST, 1L));
    assertThat(values(reading("group"))).containsExactly("a");
  }

  private LogConsumer member(String group) {
    LogConsumer consumer = new LogConsumer(log, group);
    consumer.subscribe(List.of("t"));
    consumer.poll(Duration.ZERO);
    return consumer;
  }

  private LogConsumer reading(String group) {
    LogConsumer consumer = new LogConsumer(log, group);
    consumer.assign(List.of(FIRST, SECOND));
    return consumer;
  }

  private static List<String> values(LogConsumer consumer) {
    List<String> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
      values.add(new String(record.value(), UTF_8));
    }
    return values;
  }

  private static ProducerRecord<byte[], byte[]> record(int partition, String value) {
    return new ProducerRecord<>("t", partition, 1L, bytes("k"), bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
