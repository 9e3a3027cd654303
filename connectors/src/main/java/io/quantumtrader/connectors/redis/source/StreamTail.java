package io.quantumtrader.connectors.redis.source;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What one task knows of one stream: which entries it has taken, which of them Kafka has and Redis
 * is still to be told about. All but {@link #committed} is called by one thread.
 *
 * <p>The source offset of a record names, beside the last id that was read, every entry that was
 * sent up to this record and may still be unacknowledged. After a crash those are acknowledged and
 * all others that Redis still holds for the group are sent: none twice where the worker commits
 * offsets together with records, and none is lost anywhere.
 */
final class StreamTail {

  static final String ENTRY = "entry";
  private static final String SENT = "sent";
  private static final String LAST = "last";

  private final SourceMapping.StreamSpec spec;
  private final EntryReader reader;
  private final DeadLetters deadLetters;
  private final int entryBytes;
  private final Clock clock;
  private final String stream;
  private final Map<String, String> partition;
  private final SourceMetrics metrics = new SourceMetrics();

  /** Entries that were taken and are not acknowledged, with the read that brought them. */
  private final Map<StreamId, Batch> taken = new LinkedHashMap<>();

  private final Set<Batch> batches = new LinkedHashSet<>();

  /** Records of an entry that Kafka does not have yet. */
  private final Map<StreamId, AtomicInteger> waiting = new ConcurrentHashMap<>();

  private final Queue<StreamId> toAcknowledge = new ConcurrentLinkedQueue<>();
  private SentRanges recovered = SentRanges.NONE;
  private StreamId last;
  private RetriableException trouble;

  /** Entries of one read; in a read of new entries there is nobody else's in between. */
  private static final class Batch {

    private final boolean contiguous;
    private final List<SentRanges.Range> ranges = new ArrayList<>();
    private int open;

    Batch(boolean contiguous) {
      this.contiguous = contiguous;
    }

    void add(StreamId id) {
      open++;
      if (contiguous && !ranges.isEmpty()) {
        ranges.set(0, new SentRanges.Range(ranges.get(0).first(), id));
      } else {
        ranges.add(new SentRanges.Range(id, id));
      }
    }
  }

  StreamTail(
      SourceMapping.StreamSpec spec,
      EntryReader reader,
      RedisSourceConfig config,
      DeadLetters deadLetters,
      Clock clock) {
    this.spec = spec;
    this.reader = reader;
    this.deadLetters = deadLetters;
    this.entryBytes = config.getInt(RedisSourceConfig.ENTRY_BYTES);
    this.clock = clock;
    this.stream = config.keyPrefix() + spec.stream();
    // One entry: a worker finds offsets by the bytes of this map, and the order of two entries
    // may differ from one process to the next.
    this.partition = Map.of("stream", stream + " of group " + config.group());
  }

  String stream() {
    return stream;
  }

  /** Returns under what Connect keeps the offset. */
  Map<String, String> partition() {
    return partition;
  }

  SourceMetrics metrics() {
    return metrics;
  }

  /** Takes up the offset that was committed last; null where there is none. */
  void restore(Map<String, Object> offset) {
    if (offset != null) {
      recovered = SentRanges.parse(String.valueOf(offset.getOrDefault(SENT, "")));
      last = StreamId.parse(String.valueOf(offset.getOrDefault(LAST, StreamId.ZERO.toString())));
    }
  }

  /** Returns the ranges in which entries may still be acknowledged that were sent before. */
  List<SentRanges.Range> recovered() {
    return recovered.ranges();
  }

  /** Notes that what was sent before is acknowledged. */
  void settled() {
    recovered = SentRanges.NONE;
  }

  /** Returns the last id that the group is known to have been given; null where none is known. */
  StreamId last() {
    return last;
  }

  /** Notes where a group stands that was made. */
  void startsBehind(StreamId id) {
    last = id;
  }

  /** Returns how many reads brought entries that are not all acknowledged. */
  int openReads() {
    return batches.size();
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Takes new entries, as the group gave them. */
  void takeNew(List<StreamEntry> entries, List<SourceRecord> out) {
    List<StreamEntry> fresh = new ArrayList<>(entries.size());
    List<StreamId> again = new ArrayList<>();
    for (StreamEntry entry : entries) {
      if (last != null && entry.id().compareTo(last) <= 0) {
        again.add(entry.id());
      } else {
        fresh.add(entry);
      }
    }
    passOver(again);
    take(fresh, true, out);
  }

  /** Takes entries that the group gave earlier, to us or to others; those in hand are left out. */
  int takeOld(List<StreamEntry> entries, List<SourceRecord> out) {
    List<StreamEntry> own = new ArrayList<>(entries);
    own.removeIf(entry -> taken.containsKey(entry.id()));
    take(own, false, out);
    return own.size();
  }

  /** Returns why the rest of what was read last could not be taken, once; null where it could. */
  RetriableException trouble() {
    RetriableException was = trouble;
    trouble = null;
    return was;
  }

  private void passOver(Collection<StreamId> ids) {
    Batch batch = new Batch(false);
    for (StreamId id : ids) {
      if (taken.putIfAbsent(id, batch) == null) {
        batch.add(id);
        toAcknowledge.add(id);
      }
    }
    if (batch.open > 0) {
      batches.add(batch);
      metrics.count(0, 0, batch.open, 0);
    }
  }

  private void take(List<StreamEntry> entries, boolean isNew, List<SourceRecord> out) {
    Batch batch = new Batch(isNew);
    String before = sentBefore();
    for (StreamEntry entry : entries) {
      List<SourceRecord> records;
      try {
        records = records(entry, before, batch, isNew);
      } catch (RetriableException passing) {
        trouble = passing;
        break;
      }
      taken.put(entry.id(), batch);
      if (isNew) {
        last = entry.id();
      }
      if (records.isEmpty()) {
        toAcknowledge.add(entry.id());
      } else {
        waiting.put(entry.id(), new AtomicInteger(records.size()));
        out.addAll(records);
      }
    }
    if (batch.open > 0) {
      batches.add(batch);
    }
  }

  private List<SourceRecord> records(StreamEntry entry, String before, Batch batch, boolean isNew) {
    List<Output> outputs;
    Headers headers = new ConnectHeaders();
    try {
      check(entry);
      outputs = reader.read(entry);
      metrics.count(1, 0, 0, 0);
    } catch (UnreadableEntryException why) {
      outputs = List.of(deadLetters.letter(entry, why, size(entry) <= entryBytes));
      headers = deadLetters.headers(why, spec.topic());
      metrics.count(0, 1, 0, 0);
    }
    headers
        .addString(DeadLetterHeaders.STREAM, stream)
        .addString(DeadLetterHeaders.ID, entry.id().toString());
    Map<String, String> partly = offset(before, batch, entry.id(), last);
    batch.add(entry.id());
    Map<String, String> whole = offset(before, batch, entry.id(), isNew ? entry.id() : last);
    List<SourceRecord> records = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      boolean complete = i == outputs.size() - 1;
      records.add(record(entry, outputs.get(i), complete ? whole : partly, headers));
    }
    return records;
  }

  private SourceRecord record(
      StreamEntry entry, Output output, Map<String, String> offset, Headers headers) {
    return new SourceRecord(
        partition,
        offset,
        output.topic(),
        null,
        Schema.OPTIONAL_STRING_SCHEMA,
        output.key(),
        output.schema(),
        output.value(),
        timestamp(entry.id()),
        headers);
  }

  /** The broker would refuse an id ahead of the clock, and the stream would stop forever. */
  private Long timestamp(StreamId id) {
    long now = clock.millis();
    return id.millis() < 0 ? now : Math.min(id.millis(), now);
  }

  private static Map<String, String> offset(
      String before, Batch batch, StreamId entry, StreamId last) {
    String own = SentRanges.join(batch.ranges);
    String sent = before.isEmpty() || own.isEmpty() ? before + own : before + "," + own;
    StreamId read = last == null ? StreamId.ZERO : last;
    return Map.of(SENT, sent, LAST, read.toString(), ENTRY, entry.toString());
  }

  private String sentBefore() {
    List<SentRanges.Range> ranges = new ArrayList<>(recovered.ranges());
    batches.forEach(batch -> ranges.addAll(batch.ranges));
    return SentRanges.join(ranges);
  }

  private void check(StreamEntry entry) {
    if (entry.isDeleted()) {
      throw new UnreadableEntryException(
          "ENTRY_DELETED", "the entry was deleted or trimmed away before it was read");
    }
    long size = size(entry);
    if (size > entryBytes) {
      throw new UnreadableEntryException(
          "ENTRY_TOO_LARGE", "the entry has " + size + " bytes, " + entryBytes + " are allowed");
    }
  }

  private static long size(StreamEntry entry) {
    long size = 0;
    if (!entry.isDeleted()) {
      for (StreamEntry.Field field : entry.fields()) {
        size += (long) field.name().length + field.value().length;
      }
    }
    return size;
  }

  /** Notes that Kafka has a record; called by any thread. */
  void committed(String entry) {
    StreamId id = StreamId.parse(entry);
    AtomicInteger records = waiting.get(id);
    if (records != null && records.decrementAndGet() == 0) {
      waiting.remove(id);
      toAcknowledge.add(id);
    }
  }

  /** Returns entries that Redis is to be told about, as many as there are now up to a limit. */
  List<StreamId> acknowledgeable(int limit) {
    List<StreamId> ids = new ArrayList<>();
    for (StreamId id = toAcknowledge.poll(); id != null; id = toAcknowledge.poll()) {
      ids.add(id);
      if (ids.size() == limit) {
        break;
      }
    }
    return ids;
  }

  /** Puts entries back that Redis could not be told about. */
  void notAcknowledged(List<StreamId> ids) {
    toAcknowledge.addAll(ids);
  }

  /** Forgets entries that Redis was told about. */
  void acknowledged(List<StreamId> ids) {
    for (StreamId id : ids) {
      Batch batch = taken.remove(id);
      if (batch != null && --batch.open == 0) {
        batches.remove(batch);
      }
    }
  }

  void close() {
    reader.close();
  }
}
