package io.quantumtrader.execution.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own mock clients, for one account partition and one of candles. */
final class MockClients implements ExecutorClients {

  static final PartitionCounts COUNTS = new PartitionCounts(1, 1);
  static final Map<String, Object> SERDES = Map.of("schema.registry.url", "mock://mocked");
  static final TopicPartition PLANS = new TopicPartition(Topic.APPLY_PLAN.topicName(), 0);
  static final TopicPartition CLOCK = new TopicPartition(Topic.CLOCK.topicName(), 0);
  static final TopicPartition APPROVALS = new TopicPartition(Topic.APPROVAL.topicName(), 0);
  static final TopicPartition CANDLES = new TopicPartition(Topic.MARK.topicName(), 0);
  static final TopicPartition CONTROL = new TopicPartition(Topic.CONTROL.topicName(), 0);

  static final TopicPartition LEDGER = new TopicPartition(Topic.POSITION_LEDGER.topicName(), 0);

  final GroupMember plans = new GroupMember();
  final MockConsumer<byte[], byte[]> market = new MockConsumer<>("earliest");
  final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final RecordCodec codec = new RecordCodec(SERDES);
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final PartitionHistory history;
  private final List<Candle> marks;
  private int marksRead;
  private List<Instrument> instruments = List.of();

  MockClients(PartitionHistory history) {
    this(history, List.of());
  }

  /** Creates the clients; the marks were written before. */
  MockClients(PartitionHistory history, List<Candle> marks) {
    this.history = history;
    this.marks = List.copyOf(marks);
    for (TopicPartition partition : List.of(PLANS, APPROVALS, CLOCK, CANDLES)) {
      plans.updatePartitions(
          partition.topic(), List.of(new PartitionInfo(partition.topic(), 0, null, null, null)));
    }
    plans.updateBeginningOffsets(Map.of(PLANS, 0L, APPROVALS, 0L, CLOCK, 0L));
    market.updateBeginningOffsets(Map.of(CANDLES, 0L, CONTROL, 0L, LEDGER, 0L));
    ends.putAll(Map.of(PLANS, 0L, APPROVALS, 0L, CLOCK, 0L, CANDLES, 0L, CONTROL, 0L, LEDGER, 0L));
    market.updateEndOffsets(ends);
  }

  /** A member of the group, which the broker may take for one no longer. */
  static final class GroupMember extends MockConsumer<byte[], byte[]> {

    private Optional<KafkaException> refusal = Optional.empty();
    private int commits;
    private int refusals;

    GroupMember() {
      super("earliest");
    }

    /** Refuses what is committed from now on. */
    synchronized void refuse(KafkaException why) {
      refuse(why, Integer.MAX_VALUE);
    }

    /** Refuses so many commits from now on. */
    synchronized void refuse(KafkaException why, int times) {
      refusal = Optional.of(why);
      refusals = times;
    }

    /** Returns how often positions were committed, or were to be. */
    synchronized int commits() {
      return commits;
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
      commits++;
      if (refusal.isPresent() && refusals > 0) {
        refusals--;
        throw refusal.get();
      }
      super.commitSync(offsets);
    }
  }

  static ExecutorSettings.Builder settings() {
    return ExecutorSettings.builder("nowhere:1", SERDES).counts(COUNTS);
  }

  @Override
  public Consumer<byte[], byte[]> plans() {
    return plans;
  }

  @Override
  public Consumer<byte[], byte[]> market() {
    return market;
  }

  @Override
  public Consumer<byte[], byte[]> ends() {
    return market;
  }

  @Override
  public Producer<byte[], byte[]> producer() {
    return producer;
  }

  @Override
  public HistoryReader history(RecordCodec ignored) {
    return new HistoryReader() {
      @Override
      public PartitionHistory partition(int partition, Collection<String> accounts) {
        return history;
      }

      @Override
      public List<Instrument> instruments() {
        return instruments;
      }

      @Override
      public List<Candle> marks(long sinceMs, Set<String> symbols) {
        marksRead++;
        return marks.stream()
            .filter(mark -> mark.getOpenTimeMs() + mark.getIntervalMs() >= sinceMs)
            .filter(mark -> symbols.contains(mark.getSymbol()))
            .toList();
      }
    };
  }

  /** Lets these have been published before. */
  void published(Instrument... before) {
    instruments = List.of(before);
  }

  /** Returns how often the marks of the past were read. */
  int marksRead() {
    return marksRead;
  }

  void assign() {
    plans.rebalance(List.of(PLANS, APPROVALS, CLOCK));
  }

  byte[] encoded(Topic topic, SpecificRecord value) {
    return codec.value(topic, value);
  }

  /** Lets a record lie at the end of its partition. */
  void add(Topic topic, String key, byte[] value) {
    add(topic, key, value, new RecordHeaders());
  }

  /** Lets a record with headers lie at the end of its partition. */
  void add(Topic topic, String key, byte[] value, Headers headers) {
    TopicPartition partition = new TopicPartition(topic.topicName(), 0);
    long offset = announce(partition);
    MockConsumer<byte[], byte[]> reader =
        Set.of(PLANS, APPROVALS, CLOCK).contains(partition) ? plans : market;
    byte[] keyBytes = key == null ? null : codec.key(key);
    reader.addRecord(
        new ConsumerRecord<>(
            topic.topicName(),
            0,
            offset,
            ConsumerRecord.NO_TIMESTAMP,
            TimestampType.NO_TIMESTAMP_TYPE,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            keyBytes,
            value,
            headers,
            Optional.empty()));
  }

  /** Lets the broker say that there is one record more; returns its offset. */
  long announce(TopicPartition partition) {
    long offset = ends.get(partition);
    ends.put(partition, offset + 1);
    market.updateEndOffsets(ends);
    return offset;
  }

  /** Returns the reasons of the dead letters that were committed. */
  List<String> deadLetters() {
    return producer.history().stream()
        .filter(record -> record.topic().equals(Topic.DEAD_LETTER.topicName()))
        .map(record -> new String(record.headers().lastHeader(DeadLetter.REASON).value(), UTF_8))
        .toList();
  }

  /** Returns what was committed to a topic. */
  <T extends SpecificRecord> List<T> written(Topic topic, Class<T> type) {
    return written(topic, type, 0);
  }

  /**
   * Returns what was committed to a topic after so many records, counted over all topics.
   *
   * @param after 0 or more, as {@link #committed} said
   */
  <T extends SpecificRecord> List<T> written(Topic topic, Class<T> type, int after) {
    List<T> values = new ArrayList<>();
    producer.history().stream()
        .skip(after)
        .filter(record -> record.topic().equals(topic.topicName()))
        .forEach(
            record ->
                values.add(
                    read(
                        new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value()),
                        type)));
    return values;
  }

  /** Returns how many records were committed, over all topics. */
  int committed() {
    return producer.history().size();
  }

  private <T extends SpecificRecord> T read(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    try {
      return codec.value(record, type);
    } catch (UnreadableRecordException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
