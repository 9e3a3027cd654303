package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.testing.TestBroker;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicCreation;
import io.quantumtrader.schemas.topic.TopicReader;
import io.quantumtrader.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A real broker with the catalog's topics, and what stands around an executor: feed, account
 * sub-topologies and operator. The clock only ever goes forward; tests that share it use accounts
 * and plan ids of their own.
 */
final class Venue implements AutoCloseable {

  static final PartitionCounts COUNTS = new PartitionCounts(2, 2);
  static final Map<String, Object> SERDES = Map.of("schema.registry.url", "mock://execution");
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final long STEP_MS = 60_000;

  private final TestBroker kafka;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RecordCodec codec = new RecordCodec(SERDES);
  private final Map<String, Set<String>> planned = new ConcurrentHashMap<>();
  private long nowMs;

  Venue() {
    kafka = TestBroker.start();
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    new TopicCreation(admin, new TopicSettings(COUNTS, (short) 1, Map.of()), TIMEOUT).create();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  ExecutorSettings.Builder settings(String instanceId) {
    return ExecutorSettings.builder(kafka.bootstrapServers(), SERDES)
        .counts(COUNTS)
        .instanceId(instanceId)
        .kafka(Map.of("session.timeout.ms", 6_000, "transaction.timeout.ms", 2_000));
  }

  long nowMs() {
    return nowMs;
  }

  /** Lets the clock go one step on, in every account partition. */
  void clock() {
    clock(STEP_MS);
  }

  void clock(long stepMs) {
    nowMs += stepMs;
    for (int partition = 0; partition < COUNTS.account(); partition++) {
      Clock clock = new Clock(nowMs, stepMs, partition);
      send(Topic.CLOCK, partition, String.valueOf(partition), clock, nowMs);
    }
  }

  /** Lets a candle close now. */
  void candle(String symbol, String price) {
    long openTimeMs = Math.max(0, nowMs - STEP_MS);
    int partition = Math.floorMod(symbol.hashCode(), COUNTS.symbol());
    send(Topic.MARK, partition, symbol, Candles.flat(symbol, openTimeMs, price), nowMs);
  }

  void control(String key, TradingState state) {
    Control control =
        Control.newBuilder().setAccount(key).setTradingState(state).setAtMs(nowMs).build();
    send(Topic.CONTROL, 0, key, control, nowMs);
  }

  /** Sends a plan with a permit of 60 s from now. */
  ApplyPlan plan(ApplyPlan.Builder plan) {
    ApplyPlan draft = plan.setCreatedAtMs(nowMs).build();
    ApplyPlan whole =
        ApplyPlan.newBuilder(draft)
            .setPermit(
                Plans.permit(
                        draft.getPlanId(),
                        draft.getAccount(),
                        draft.getSymbol(),
                        draft.getPermit().getKind(),
                        draft.getQuantity())
                    .setGrantedAtMs(nowMs)
                    .setExpiresAtMs(nowMs + 60_000)
                    .build())
            .build();
    send(whole);
    return whole;
  }

  /** Sends a plan as it is, again perhaps. */
  void send(ApplyPlan plan) {
    planned
        .computeIfAbsent(plan.getAccount(), account -> ConcurrentHashMap.newKeySet())
        .add(plan.getPlanId());
    send(Topic.APPLY_PLAN, partitionOf(plan.getAccount()), plan.getAccount(), plan, nowMs);
  }

  /** Returns the ids of the plans that were sent for an account. */
  Set<String> planned(String account) {
    return planned.getOrDefault(account, Set.of());
  }

  byte[] encoded(ApplyPlan plan) {
    return codec.value(Topic.APPLY_PLAN, plan);
  }

  static int partitionOf(String account) {
    return Accounts.partitionOf(account, COUNTS.account());
  }

  private void send(
      Topic topic, int partition, String key, SpecificRecord value, long timestampMs) {
    send(topic, partition, codec.key(key), codec.value(topic, value), timestampMs);
  }

  void send(Topic topic, int partition, byte[] key, byte[] value, long timestampMs) {
    get(producer.send(new ProducerRecord<>(topic.topicName(), partition, timestampMs, key, value)));
  }

  /** Returns the committed results of an account, in order. */
  List<ApplyResult> results(String account) {
    return read(Topic.APPLY_RESULT, partitionOf(account), ApplyResult.class).stream()
        .filter(result -> result.getAccount().equals(account))
        .toList();
  }

  /** Returns what was said of an exchange account, in order. */
  List<ExchangeAccount> accounts(String account) {
    return read(Topic.EXCHANGE_ACCOUNT, partitionOf(account), ExchangeAccount.class).stream()
        .filter(state -> state.getAccount().equals(account))
        .toList();
  }

  <T extends SpecificRecord> List<T> read(Topic topic, int partition, Class<T> type) {
    List<T> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(topic, partition)) {
      try {
        values.add(codec.value(record, type));
      } catch (UnreadableRecordException unreadable) {
        throw new AssertionError(unreadable);
      }
    }
    return values;
  }

  List<ConsumerRecord<byte[], byte[]>> records(Topic topic, int partition) {
    TopicPartition of = new TopicPartition(topic.topicName(), partition);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    new TopicReader(Map.of("bootstrap.servers", kafka.bootstrapServers()), TIMEOUT)
        .read(of, 0, Long.MAX_VALUE, records::add);
    return records;
  }

  /** Waits until the executor has committed all there is to read. */
  void awaitDrained() {
    await("the executor to have read all", this::isDrained);
  }

  /** Positions first, ends after: where they agree, both stood still. */
  boolean isDrained() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    committed.putAll(committed(ExecutorSettings.GROUP));
    committed.putAll(committed(ExecutorSettings.MARKET_GROUP));
    boolean read =
        ends(Set.of(Topic.CLOCK, Topic.APPLY_PLAN, Topic.MARK), IsolationLevel.READ_UNCOMMITTED)
            .entrySet()
            .stream()
            .allMatch(end -> committed.getOrDefault(end.getKey(), 0L).equals(end.getValue()));
    Set<Topic> written =
        Set.of(Topic.APPLY_RESULT, Topic.EXCHANGE_ACCOUNT, Topic.INSTRUMENT, Topic.DEAD_LETTER);
    return read
        && ends(written, IsolationLevel.READ_COMMITTED)
            .equals(ends(written, IsolationLevel.READ_UNCOMMITTED));
  }

  private Map<TopicPartition, Long> ends(Set<Topic> topics, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (Topic topic : topics) {
      for (int partition = 0; partition < COUNTS.of(topic.group()); partition++) {
        latest.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    get(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> found;
    try {
      found =
          admin
              .listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
              .partitionsToOffsetAndMetadata(group)
              .get();
    } catch (ExecutionException | InterruptedException noSuchGroup) {
      return offsets;
    }
    found.forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
  }

  /** Waits for something that comes in any case, or else never; how long is no matter. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    kafka.close();
    codec.close();
  }
}
