package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads history from the topics themselves. */
final class KafkaHistoryReader implements HistoryReader {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaHistoryReader.class);

  /** Three times as long as a dead executor's transaction can stay open. */
  private static final Duration STALLS_WITHIN = Duration.ofSeconds(30);

  private static final long LOOK_BACK = 16;

  private final Supplier<? extends Consumer<byte[], byte[]>> committed;
  private final Supplier<? extends Consumer<byte[], byte[]>> written;
  private final RecordCodec codec;
  private final PartitionCounts counts;
  private final LongSupplier wallMs;

  /**
   * Creates the reader.
   *
   * @param committed makes a consumer without a group that reads committed records
   * @param written makes one that reads all that is written, to ask for ends
   */
  KafkaHistoryReader(
      Supplier<? extends Consumer<byte[], byte[]>> committed,
      Supplier<? extends Consumer<byte[], byte[]>> written,
      RecordCodec codec,
      PartitionCounts counts,
      LongSupplier wallMs) {
    this.wallMs = wallMs;
    this.committed = committed;
    this.written = written;
    this.codec = codec;
    this.counts = counts;
  }

  @Override
  public PartitionHistory partition(int partition, Collection<String> names) {
    try (Reading reading = new Reading()) {
      LastClock last = reading.lastClock(partition);
      long nowMs = last.nowMs();
      Map<String, ExchangeAccount> accounts = new HashMap<>();
      for (ExchangeAccount account :
          reading.since(0, Topic.EXCHANGE_ACCOUNT, partition, ExchangeAccount.class)) {
        accounts.put(account.getAccount(), account);
      }
      long sinceMs = sinceMs(accounts, names, nowMs);
      List<ApplyResult> results =
          reading.since(sinceMs, Topic.APPLY_RESULT, partition, ApplyResult.class);
      return new PartitionHistory(
          nowMs,
          last.epoch(),
          last.market(),
          accounts,
          results,
          reading.since(sinceMs, Topic.EXCHANGE_INCOME, partition, ExchangeIncome.class),
          plans(reading, sinceMs, partition, unanswered(results)));
    }
  }

  /**
   * Returns from when on records are read: a day before the executor was there last, for what
   * happened meanwhile has to be told from what was booked before.
   */
  static long sinceMs(Map<String, ExchangeAccount> accounts, Collection<String> names, long nowMs) {
    long earliestMs = nowMs - MarketLink.LONGEST_ABSENCE.toMillis();
    long publishedMs =
        accounts.values().stream()
            .filter(account -> names.contains(account.getAccount()))
            .mapToLong(ExchangeAccount::getAsOfMs)
            .min()
            .orElse(nowMs);
    return Math.clamp(publishedMs, Math.min(earliestMs, nowMs), nowMs)
        - PartitionExecutor.MEMORY_MS;
  }

  private static Set<String> unanswered(List<ApplyResult> results) {
    Set<String> ids = new HashSet<>();
    for (ApplyResult result : results) {
      ids.add(result.getPlanId());
    }
    results.stream().filter(ApplyResult::getFinalResult).forEach(r -> ids.remove(r.getPlanId()));
    return ids;
  }

  private static Map<String, ApplyPlan> plans(
      Reading reading, long sinceMs, int partition, Set<String> unanswered) {
    Map<String, ApplyPlan> plans = new HashMap<>();
    if (!unanswered.isEmpty()) {
      for (ApplyPlan plan : reading.since(sinceMs, Topic.APPLY_PLAN, partition, ApplyPlan.class)) {
        if (unanswered.contains(plan.getPlanId())) {
          plans.put(plan.getPlanId(), plan);
        }
      }
    }
    return plans;
  }

  @Override
  public List<Instrument> instruments() {
    Map<String, Instrument> last = new LinkedHashMap<>();
    try (Reading reading = new Reading()) {
      for (Instrument instrument : reading.since(0, Topic.INSTRUMENT, 0, Instrument.class)) {
        last.put(instrument.getSymbol(), instrument);
      }
    }
    return List.copyOf(last.values());
  }

  @Override
  public List<Candle> marks(long sinceMs, Set<String> symbols) {
    List<Candle> marks = new ArrayList<>();
    try (Reading reading = new Reading()) {
      for (int partition = 0; partition < counts.symbol(); partition++) {
        marks.addAll(
            reading.since(sinceMs, Topic.MARK, partition, Candle.class, symbols::contains));
      }
    }
    return List.copyOf(marks);
  }

  /** One reading, with clients of its own. */
  private final class Reading implements AutoCloseable {

    private final Consumer<byte[], byte[]> ends = written.get();
    private final Consumer<byte[], byte[]> consumer = committed.get();

    /** Returns where the clock stood: by the last steps, one at least that can be believed. */
    LastClock lastClock(int partition) {
      TopicPartition of = new TopicPartition(Topic.CLOCK.topicName(), partition);
      long first = begin(of);
      long end = end(of);
      // Records that are no such step take offsets, too, so the last ones may hold none.
      for (long back = LOOK_BACK; ; back *= LOOK_BACK) {
        long from = Math.max(first, end - back);
        LastClock clock = new LastClock(wallMs.getAsLong());
        read(of, from, end, key -> true, record -> clock.see(record, decoded(record, Clock.class)));
        if (clock.isKnown() || from == first) {
          return clock;
        }
      }
    }

    /** Returns the records from this record time on. */
    <T extends SpecificRecord> List<T> since(long ms, Topic topic, int partition, Class<T> type) {
      return since(ms, topic, partition, type, key -> true);
    }

    /** Returns the records with such keys from this record time on. */
    <T extends SpecificRecord> List<T> since(
        long ms, Topic topic, int partition, Class<T> type, Predicate<String> keys) {
      TopicPartition of = new TopicPartition(topic.topicName(), partition);
      OptionalLong from = ms <= 0 ? OptionalLong.of(begin(of)) : firstSince(ms, of);
      return from.isEmpty() ? List.of() : read(of, from.getAsLong(), end(of), type, keys);
    }

    private long begin(TopicPartition of) {
      return ends.beginningOffsets(List.of(of)).get(of);
    }

    /**
     * Returns the end of what is written, not of what is committed: what another executor was about
     * to commit when it died has to be waited for, or its fills would be missed.
     */
    private long end(TopicPartition of) {
      return ends.endOffsets(List.of(of)).get(of);
    }

    /** Returns the offset of the first record of this time or later; empty where there is none. */
    private OptionalLong firstSince(long ms, TopicPartition of) {
      OffsetAndTimestamp found = ends.offsetsForTimes(Map.of(of, ms)).get(of);
      return found == null ? OptionalLong.empty() : OptionalLong.of(found.offset());
    }

    private <T extends SpecificRecord> List<T> read(
        TopicPartition of, long from, long to, Class<T> type, Predicate<String> keys) {
      List<T> values = new ArrayList<>();
      read(of, from, to, keys, record -> decoded(record, type).ifPresent(values::add));
      return values;
    }

    private void read(
        TopicPartition of,
        long from,
        long to,
        Predicate<String> keys,
        java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker) {
      consumer.assign(List.of(of));
      consumer.seek(of, from);
      TopicReader.readTo(
          consumer,
          Map.of(of, to),
          STALLS_WITHIN,
          record -> {
            if (record.offset() < to && keys.test(RecordCodec.key(record))) {
              taker.accept(record);
            }
          });
    }

    private <T extends SpecificRecord> Optional<T> decoded(
        ConsumerRecord<byte[], byte[]> record, Class<T> type) {
      if (record.value() == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(codec.value(record, type));
      } catch (UnreadableRecordException unreadable) {
        LOG.error("skipped in the history: {}", unreadable.getMessage());
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      consumer.close();
      ends.close();
    }
  }
}
