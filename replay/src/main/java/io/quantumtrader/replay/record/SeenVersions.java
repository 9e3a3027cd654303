package io.quantumtrader.replay.record;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which version of each row the decisions of a recording saw at which time. */
final class SeenVersions {

  /** No version of the row: it was not there. */
  private static final long NONE = Long.MIN_VALUE;

  /** The versions of a row that were seen, in the order of time. */
  private static final class Row {

    /** When, ascending. */
    private final long[] atMs;

    /** The newest that was seen until then. */
    private final long[] newestMs;

    private Row(long[] atMs, long[] newestMs) {
      this.atMs = atMs;
      this.newestMs = newestMs;
    }

    static Row of(List<Seen> seen) {
      List<Seen> inOrder = seen.stream().sorted(Seen.BY_TIME).toList();
      long[] atMs = inOrder.stream().mapToLong(Seen::atMs).toArray();
      long[] newestMs = inOrder.stream().mapToLong(Seen::asOfMs).toArray();
      Arrays.parallelPrefix(newestMs, Math::max);
      return new Row(atMs, newestMs);
    }

    long notBeforeMs(long asOfMs) {
      int first = 0;
      int after = newestMs.length;
      while (first < after) {
        int middle = (first + after) / 2;
        if (newestMs[middle] < asOfMs) {
          first = middle + 1;
        } else {
          after = middle;
        }
      }
      return first == 0 ? NONE : atMs[first - 1];
    }
  }

  /** A version that somebody saw. */
  private record Seen(long atMs, long asOfMs) {

    static final Comparator<Seen> BY_TIME =
        Comparator.comparingLong(Seen::atMs).thenComparingLong(Seen::asOfMs);
  }

  private final Map<String, Row> rows = new HashMap<>();

  private SeenVersions() {}

  static SeenVersions of(List<RecordedRecord> decisions) {
    Map<String, List<Seen>> all = new HashMap<>();
    for (RecordedRecord record : decisions) {
      if (record.value().orElse(null) instanceof Decision decision) {
        for (Lookup lookup : decision.getLookups()) {
          all.computeIfAbsent(row(lookup.getTable(), lookup.getKey()), any -> new ArrayList<>())
              .add(seen(lookup, decision.getAtMs()));
        }
      }
    }
    SeenVersions versions = new SeenVersions();
    all.forEach((row, seen) -> versions.rows.put(row, Row.of(seen)));
    return versions;
  }

  private static Seen seen(Lookup lookup, long atMs) {
    return new Seen(atMs, lookup.getAsOfMs() == null ? NONE : lookup.getAsOfMs());
  }

  private static String row(String table, String key) {
    return table + "/" + key;
  }

  /**
   * Returns until when decisions saw only older versions of a row, epoch milliseconds UTC; {@link
   * Long#MIN_VALUE} where none did.
   *
   * @param asOfMs the version
   */
  long notBeforeMs(Topic table, String key, long asOfMs) {
    Row row = rows.get(row(table.topicName(), key));
    return row == null ? NONE : row.notBeforeMs(asOfMs);
  }
}
