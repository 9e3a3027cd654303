package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The table rows that were looked at for one decision, with their ages on the clock. */
public final class Lookups {

  private final long nowMs;
  private final List<Lookup> rows = new ArrayList<>();

  /**
   * Creates an empty list.
   *
   * @param nowMs the clock, epoch ms; ages are counted to it
   */
  public Lookups(long nowMs) {
    this.nowMs = nowMs;
  }

  /** Creates a list that goes on from what was looked at before. */
  public Lookups(long nowMs, List<Lookup> before) {
    this.nowMs = nowMs;
    rows.addAll(before);
  }

  /**
   * Notes a row and returns it.
   *
   * @param table topic that the table is made from
   * @param row the row as seen
   * @param asOfMs reads the row's own time, epoch ms
   */
  public <T> Optional<T> note(String table, String key, Optional<T> row, ToLongFunction<T> asOfMs) {
    Long asOf = row.map(asOfMs::applyAsLong).orElse(null);
    rows.add(new Lookup(table, Texts.id(key), asOf, asOf == null ? null : nowMs - asOf));
    return row;
  }

  /** Returns when it is looked, epoch milliseconds UTC. */
  public long nowMs() {
    return nowMs;
  }

  /** Returns what was noted so far, in the order it was looked at. */
  public List<Lookup> list() {
    return List.copyOf(rows);
  }
}
