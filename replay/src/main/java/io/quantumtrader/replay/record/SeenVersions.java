package io.quantumtrader.replay.record;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which version of each row the decisions of a recording saw at which time. */
final class SeenVersions {

  /** No version of the row: it was not there. */
  private static final long NONE = Long.MIN_VALUE;

  /** A version that somebody saw. */
  private record Seen(long atMs, long asOfMs) {}

  private final Map<String, List<Seen>> byRow = new HashMap<>();

  private SeenVersions() {}

  static SeenVersions of(List<RecordedRecord> decisions) {
    SeenVersions seen = new SeenVersions();
    for (RecordedRecord record : decisions) {
      if (record.value().orElse(null) instanceof Decision decision) {
        decision.getLookups().forEach(lookup -> seen.add(lookup, decision.getAtMs()));
      }
    }
    return seen;
  }

  private void add(Lookup lookup, long atMs) {
    long asOfMs = lookup.getAsOfMs() == null ? NONE : lookup.getAsOfMs();
    byRow
        .computeIfAbsent(row(lookup.getTable(), lookup.getKey()), any -> new ArrayList<>())
        .add(new Seen(atMs, asOfMs));
  }

  private static String row(String table, String key) {
    return table + "/" + key;
  }

  /**
   * Returns until when decisions saw an older version of a row, epoch milliseconds UTC; those after
   * one that saw this version do not count.
   *
   * @param asOfMs the version
   */
  long notBeforeMs(Topic table, String key, long asOfMs) {
    List<Seen> all = byRow.getOrDefault(row(table.topicName(), key), List.of());
    long firstMs =
        all.stream()
            .filter(seen -> seen.asOfMs() >= asOfMs)
            .mapToLong(Seen::atMs)
            .min()
            .orElse(Long.MAX_VALUE);
    return all.stream()
        .filter(seen -> seen.asOfMs() < asOfMs && seen.atMs() <= firstMs)
        .mapToLong(Seen::atMs)
        .max()
        .orElse(NONE);
  }
}
