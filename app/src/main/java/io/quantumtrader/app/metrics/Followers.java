package io.quantumtrader.app.metrics;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What follows something else, and how long each has stood still behind it: the clock of a
 * partition behind the topic's, a table behind its topic, a group behind the end. Time is passed
 * in. Each look tells where it is and where it should be; one that moves does not stand, however
 * far behind it is. May be used by several threads.
 *
 * @param <K> who follows
 */
final class Followers<K> {

  /** Which ends count for a follower that has just moved. */
  enum Ends {
    /** Every one: behind is behind. */
    ALL,
    /** Those that came after it moved: markers of transactions may remain before an end forever. */
    LATER
  }

  /**
   * One that stands.
   *
   * @param who it is
   * @param at where it is
   * @param end where it should be
   * @param standingMs for how long it has not moved though there was something, milliseconds
   */
  record Standing<K>(K who, long at, long end, long standingMs) {}

  private record Row(long at, long endThen, long end, long sinceMs) {

    /** Whether there is something for it to do. */
    boolean isBehind() {
      return sinceMs >= 0;
    }
  }

  private final Ends ends;
  private final Map<K, Row> rows = new HashMap<>();

  Followers(Ends ends) {
    this.ends = ends;
  }

  /** Looks at one. */
  synchronized void look(K who, long at, long end, long nowMs) {
    Row before = rows.get(who);
    boolean moved = before == null || before.at() != at;
    long endThen = moved ? end : before.endThen();
    boolean behind = end > at && (ends == Ends.ALL || end > endThen);
    long since = !behind ? -1 : moved || !before.isBehind() ? nowMs : before.sinceMs();
    rows.put(who, new Row(at, endThen, end, since));
  }

  /** Forgets all but these. */
  synchronized void keep(Set<K> those) {
    rows.keySet().retainAll(those);
  }

  /** Returns the one that has stood longest, where it is at least as long as this. */
  Optional<Standing<K>> worst(long atLeastMs, long nowMs) {
    return worst(1, atLeastMs, nowMs);
  }

  /**
   * Returns the one that has stood longest, where it is at least as long as this.
   *
   * @param fewest those that are less than this behind do not count, however long they stand
   */
  synchronized Optional<Standing<K>> worst(long fewest, long atLeastMs, long nowMs) {
    return rows.entrySet().stream()
        .filter(row -> row.getValue().isBehind())
        .map(
            row ->
                new Standing<>(
                    row.getKey(),
                    row.getValue().at(),
                    row.getValue().end(),
                    nowMs - row.getValue().sinceMs()))
        .filter(standing -> standing.standingMs() >= atLeastMs)
        .filter(standing -> standing.end() - standing.at() >= fewest)
        .max(Comparator.comparingLong(Standing::standingMs));
  }

  /** Returns for how long one has stood, milliseconds; 0 where it does not. */
  synchronized long standingMs(K who, long nowMs) {
    Row row = rows.get(who);
    return row == null || !row.isBehind() ? 0 : nowMs - row.sinceMs();
  }
}
