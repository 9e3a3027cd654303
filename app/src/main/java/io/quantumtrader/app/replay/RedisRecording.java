package io.quantumtrader.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.connectors.legacy.LegacyStreams;
import io.quantumtrader.connectors.redis.source.DeadLetterHeaders;
import io.quantumtrader.connectors.redis.source.StreamEntry;
import io.quantumtrader.connectors.redis.source.StreamId;
import io.quantumtrader.connectors.redis.source.UnreadableEntryException;
import io.quantumtrader.replay.record.RecordSink;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.RecordedRecord.RecordedHeader;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes entries of the old streams as records: an intent at the time of its entry, and what cannot
 * be read as a dead letter with its reason, both as the source connector does it.
 */
final class RedisRecording implements Consumer<StreamEntry> {

  private static final int EXAMPLES = 3;

  private final LegacyStreams streams;
  private final RecordSink sink;
  private final PartitionCounts counts;
  private final long fromMs;
  private final long toMs;
  private final long nowMs;
  private final Map<String, Long> offsets = new HashMap<>();
  private final SortedMap<String, Count> byStream = new TreeMap<>();
  private final SortedMap<String, Unreadable> unreadable = new TreeMap<>();

  /** What became of the entries of a stream. */
  static final class Count {
    private long intents;
    private long unreadable;
    private long outside;

    long intents() {
      return intents;
    }

    long unreadable() {
      return unreadable;
    }

    /** Returns how many lie before or after the time that is recorded. */
    long outside() {
      return outside;
    }

    long entries() {
      return intents + unreadable + outside;
    }
  }

  /** Entries that cannot be read for one reason. */
  static final class Unreadable {
    private long count;
    private final List<String> examples = new ArrayList<>();

    long count() {
      return count;
    }

    /** Returns what is said of the first of them. */
    List<String> examples() {
      return examples;
    }
  }

  /**
   * Creates it.
   *
   * @param fromMs earliest time of an entry that is recorded, epoch milliseconds UTC
   * @param toMs latest time
   * @param nowMs the time now: an id of later is one of a wrong clock
   */
  RedisRecording(
      LegacyStreams streams,
      RecordSink sink,
      PartitionCounts counts,
      long fromMs,
      long toMs,
      long nowMs) {
    this.streams = streams;
    this.sink = sink;
    this.counts = counts;
    this.fromMs = fromMs;
    this.toMs = toMs;
    this.nowMs = nowMs;
  }

  @Override
  public void accept(StreamEntry entry) {
    Count count = byStream.computeIfAbsent(entry.stream(), any -> new Count());
    long atMs = timestamp(entry.id());
    if (atMs < fromMs || atMs > toMs) {
      count.outside++;
      return;
    }
    try {
      TradeIntent intent = streams.read(entry);
      write(intent(entry, intent, atMs));
      count.intents++;
    } catch (UnreadableEntryException why) {
      write(deadLetter(entry, why, atMs));
      count.unreadable++;
      note(entry, why);
    }
  }

  private void note(StreamEntry entry, UnreadableEntryException why) {
    Unreadable of = unreadable.computeIfAbsent(why.reason(), any -> new Unreadable());
    of.count++;
    if (of.examples.size() < EXAMPLES) {
      of.examples.add(entry.id() + " of " + entry.stream() + ": " + why.getMessage());
    }
  }

  private long timestamp(StreamId id) {
    return id.millis() < 0 ? nowMs : Math.min(id.millis(), nowMs);
  }

  private void write(RecordedRecord record) {
    try {
      sink.write(record);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private RecordedRecord intent(StreamEntry entry, TradeIntent intent, long atMs) {
    int partition =
        Accounts.partitionOf(intent.getAccount(), counts.of(Topic.TRADE_INTENT.group()));
    return new RecordedRecord(
        Topic.TRADE_INTENT,
        partition,
        offset(Topic.TRADE_INTENT, partition),
        atMs,
        Optional.of(intent.getAccount()),
        from(entry),
        Optional.of(intent),
        Optional.empty());
  }

  private RecordedRecord deadLetter(StreamEntry entry, UnreadableEntryException why, long atMs) {
    List<RecordedHeader> headers = new ArrayList<>();
    headers.add(header(DeadLetterHeaders.REASON, why.reason()));
    headers.add(header(DeadLetterHeaders.MESSAGE, why.getMessage()));
    headers.add(header(DeadLetterHeaders.TARGET, Topic.TRADE_INTENT.topicName()));
    headers.addAll(from(entry));
    return new RecordedRecord(
        Topic.DEAD_LETTER,
        0,
        offset(Topic.DEAD_LETTER, 0),
        atMs,
        Optional.of(entry.id().toString()),
        headers,
        Optional.empty(),
        Optional.ofNullable(entry.toJson()));
  }

  private static List<RecordedHeader> from(StreamEntry entry) {
    return List.of(
        header(DeadLetterHeaders.STREAM, entry.stream()),
        header(DeadLetterHeaders.ID, entry.id().toString()));
  }

  private static RecordedHeader header(String name, String value) {
    return new RecordedHeader(name, value.getBytes(UTF_8));
  }

  private long offset(Topic topic, int partition) {
    return offsets.merge(topic.topicName() + "-" + partition, 1L, Long::sum) - 1;
  }

  /** Returns what became of the entries, by stream. */
  SortedMap<String, Count> byStream() {
    return byStream;
  }

  /** Returns the entries that cannot be read, by reason. */
  SortedMap<String, Unreadable> unreadable() {
    return unreadable;
  }
}
