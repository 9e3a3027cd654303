package io.quantumtrader.replay.record;

import io.quantumtrader.replay.stages.Stages;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The global tables of a recording, with every version of their rows. They are not synchronised
 * with what the stages read, so a decision may have seen an older row than the newest of its time;
 * it says which, and finds that one here.
 */
final class TableVersions {

  /** The topics that the stages read as global tables. */
  static final List<Topic> TOPICS =
      List.of(Topic.POLICY, Topic.CONTROL, Topic.INSTRUMENT, Topic.UNIVERSE, Topic.MARKET_STATE);

  /** A row's table and key. */
  private record Place(String topic, String key) {}

  /** A row, and when it was there. */
  private record Dated(long sinceMs, RecordedRecord row) {}

  private final Stages stages;
  private final RecordedBytes bytes;
  private final Map<Place, Map<Long, List<RecordedRecord>>> versions = new HashMap<>();
  private final Map<Place, RecordedRecord> newest = new HashMap<>();
  private final List<Dated> rows = new ArrayList<>();
  private int next;

  /**
   * Reads the tables.
   *
   * @param decisions all recorded decisions
   */
  TableVersions(
      Recording recording, List<RecordedRecord> decisions, Stages stages, RecordedBytes bytes) {
    this.stages = stages;
    this.bytes = bytes;
    SeenVersions seen = SeenVersions.of(decisions);
    for (Topic topic : TOPICS) {
      for (RecordedRecord row : recording.read(topic)) {
        long notBeforeMs =
            row.value()
                .map(value -> seen.notBeforeMs(topic, row.key().orElse(""), asOfMs(value)))
                .orElse(Long.MIN_VALUE);
        rows.add(new Dated(Math.max(RecordedInput.madeMs(row), notBeforeMs), row));
        row.value()
            .ifPresent(
                value ->
                    versions
                        .computeIfAbsent(place(row), any -> new HashMap<>())
                        .computeIfAbsent(asOfMs(value), any -> new ArrayList<>())
                        .add(row));
      }
    }
    rows.sort(Comparator.comparingLong(Dated::sinceMs));
  }

  private static Place place(RecordedRecord row) {
    return new Place(row.topic().topicName(), row.key().orElse(""));
  }

  private static long asOfMs(SpecificRecord row) {
    return switch (row) {
      case Policy policy -> policy.getCreatedAtMs();
      case Control control -> control.getAtMs();
      case Instrument instrument -> instrument.getAsOfMs();
      case Universe universe -> universe.getAsOfMs();
      case MarketState state -> state.getAsOfMs();
      default -> throw new IllegalArgumentException("no row of a table: " + row.getSchema());
    };
  }

  /**
   * Returns the version of a row that a decision looked at, if it was recorded. Of several of one
   * time it is the last that was written by then.
   *
   * @param lookup of a row that was there
   * @param atMs time of the decision, epoch milliseconds UTC
   */
  Optional<RecordedRecord> version(Lookup lookup, long atMs) {
    Place place = new Place(lookup.getTable(), lookup.getKey());
    List<RecordedRecord> rows =
        versions.getOrDefault(place, Map.of()).getOrDefault(lookup.getAsOfMs(), List.of());
    return lastBy(atMs, rows);
  }

  /** Returns the last row that was written by a time; the first where none was. */
  static Optional<RecordedRecord> lastBy(long atMs, List<RecordedRecord> rows) {
    return rows.stream()
        .filter(row -> row.timestampMs() <= atMs)
        .reduce((earlier, later) -> later)
        .or(() -> rows.stream().findFirst());
  }

  /** Brings the tables to a time: with every row of before, and none of that time or later. */
  void advance(long toMs) {
    while (next < rows.size() && rows.get(next).sinceMs() < toMs) {
      RecordedRecord row = rows.get(next++).row();
      if (row.value().isPresent()) {
        newest.put(place(row), row);
      } else {
        newest.remove(place(row));
      }
      put(row);
    }
    stages.keepTables();
  }

  /** Has the tables show what was looked at while something is done, and then the newest again. */
  void during(List<Lookup> lookups, long atMs, Runnable work) {
    during(lookups, Optional.empty(), atMs, work);
  }

  /**
   * Does the same with one row that was never there.
   *
   * @param other the row; it takes the place of the one with its key
   */
  void during(List<Lookup> lookups, Optional<RecordedRecord> other, long atMs, Runnable work) {
    Set<Place> pinned = new HashSet<>();
    for (Lookup lookup : lookups) {
      pin(lookup, atMs, pinned);
    }
    other.ifPresent(
        row -> {
          put(row);
          pinned.add(place(row));
        });
    stages.keepTables();
    work.run();
    for (Place place : pinned) {
      RecordedRecord row = newest.get(place);
      if (row == null) {
        remove(place);
      } else {
        put(row);
      }
    }
    stages.keepTables();
  }

  private void pin(Lookup lookup, long atMs, Set<Place> pinned) {
    Place place = new Place(lookup.getTable(), lookup.getKey());
    if (lookup.getAsOfMs() == null) {
      if (newest.containsKey(place)) {
        remove(place);
        pinned.add(place);
      }
      return;
    }
    Optional<RecordedRecord> row = version(lookup, atMs);
    if (row.isPresent() && !isNewest(place, row.get())) {
      put(row.get());
      pinned.add(place);
    }
  }

  private boolean isNewest(Place place, RecordedRecord row) {
    RecordedRecord last = newest.get(place);
    return last != null && last.partition() == row.partition() && last.offset() == row.offset();
  }

  private void put(RecordedRecord row) {
    TopicPartition to = new TopicPartition(row.topic().topicName(), row.partition());
    stages.give(
        to,
        row.timestampMs(),
        RecordedBytes.key(row),
        bytes.value(row),
        RecordedBytes.headers(row));
  }

  private void remove(Place place) {
    RecordedRecord any = versions.get(place).values().iterator().next().getFirst();
    stages.give(
        new TopicPartition(place.topic(), any.partition()),
        any.timestampMs(),
        RecordedBytes.key(any),
        null,
        RecordedBytes.headers(any));
  }
}
