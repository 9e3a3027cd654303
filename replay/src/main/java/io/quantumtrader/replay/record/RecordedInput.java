package io.quantumtrader.replay.record;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a recorded pipeline was given, in the order in which a replay gives it: at each step of the
 * clock the policies and trading states of by then, the clock itself, what people said of plans,
 * the intents until the next step, the marks, the candles.
 *
 * <p>All of it is in memory, decoded, as it has to be put in order across topics: about 700 bytes
 * for each record. It grows with the length of a recording and the number of its symbols.
 */
public final class RecordedInput {

  /** In the order in which they have their turn within one step. */
  static final List<Topic> TOPICS =
      List.of(
          Topic.POLICY,
          Topic.CONTROL,
          Topic.CLOCK,
          Topic.APPROVAL,
          Topic.TRADE_INTENT,
          Topic.MARK,
          Topic.CANDLE);

  private final List<Placed> records;
  private int next;

  /** A record, and when it has its turn. */
  private record Placed(long atMs, int rank, RecordedRecord record) {}

  private RecordedInput(List<Placed> records) {
    this.records = records;
  }

  /** Reads the input of a recording. */
  public static RecordedInput of(Recording recording) {
    NavigableSet<Long> steps = new TreeSet<>();
    recording.forEach(Topic.CLOCK, record -> steps.add(record.timestampMs()));
    List<Placed> records = new ArrayList<>();
    for (Topic topic : TOPICS) {
      for (RecordedRecord record : recording.read(topic)) {
        if (!isMoved(record)) {
          records.add(new Placed(turnMs(record, steps), TOPICS.indexOf(topic), record));
        }
      }
    }
    records.sort(
        Comparator.comparingLong(Placed::atMs)
            .thenComparingInt(Placed::rank)
            .thenComparingInt(placed -> placed.record().partition())
            .thenComparingLong(placed -> placed.record().offset()));
    return new RecordedInput(records);
  }

  /** What the stages themselves brought to another partition, they bring there again. */
  private static boolean isMoved(RecordedRecord record) {
    return record.headers().stream()
        .anyMatch(header -> header.name().equals(IntentHeaders.MOVED_FROM));
  }

  /**
   * Marks and candles follow the intents that were sent at the same step. A live feed begins with
   * candles of before its start, which find the policies of by then.
   */
  private static long turnMs(RecordedRecord record, NavigableSet<Long> steps) {
    long madeMs = madeMs(record);
    return switch (record.topic()) {
      case TRADE_INTENT, APPROVAL -> Optional.ofNullable(steps.floor(madeMs)).orElse(madeMs);
      case MARK, CANDLE -> steps.isEmpty() ? madeMs : Math.max(madeMs, steps.first() - 1);
      default -> madeMs;
    };
  }

  /**
   * Returns since when a record was there, epoch milliseconds UTC. Whoever writes policies and
   * states does so at the wall time, which in a replay of old candles lies far behind the clock;
   * they say themselves when they were made.
   */
  static long madeMs(RecordedRecord record) {
    long writtenMs = record.timestampMs();
    if (record.value().orElse(null) instanceof Policy policy) {
      return Math.min(writtenMs, policy.getCreatedAtMs());
    }
    return record.value().orElse(null) instanceof Control control
        ? Math.min(writtenMs, control.getAtMs())
        : writtenMs;
  }

  /** Returns whether there is more. */
  public boolean hasNext() {
    return next < records.size();
  }

  /** Returns the records that have their turn by a time, epoch milliseconds UTC, given or not. */
  public List<RecordedRecord> until(long untilMs) {
    return records.stream().takeWhile(each -> each.atMs() <= untilMs).map(Placed::record).toList();
  }

  /** Takes what had its turn by a time for given, and goes on behind it. */
  public void skip(long untilMs) {
    while (hasNext() && nextAtMs() <= untilMs) {
      next++;
    }
  }

  /** Returns when the next records have their turn, epoch milliseconds UTC. */
  long nextAtMs() {
    return records.get(next).atMs();
  }

  /** Returns when the last records had their turn, epoch milliseconds UTC; none: the least. */
  public long lastMs() {
    return next == 0 ? Long.MIN_VALUE : records.get(next - 1).atMs();
  }

  /** Returns the records that have their turn together. */
  public List<RecordedRecord> next() {
    Placed first = records.get(next);
    List<RecordedRecord> together = new ArrayList<>();
    while (hasNext()
        && records.get(next).atMs() == first.atMs()
        && records.get(next).rank() == first.rank()) {
      together.add(records.get(next++).record());
    }
    return together;
  }

  /** Returns how much of it was given, 0 to 1. */
  public double share() {
    return records.isEmpty() ? 1 : (double) next / records.size();
  }

  /** Returns how many records there are, by topic. */
  public Map<Topic, Long> counts() {
    Map<Topic, Long> counts = new EnumMap<>(Topic.class);
    records.forEach(each -> counts.merge(each.record().topic(), 1L, Long::sum));
    return counts;
  }
}
