package io.quantumtrader.replay.compare;

import io.quantumtrader.schemas.avro.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/** The decisions of a run by what they are about, in the order in which it came up. */
public final class DecisionBook {

  /**
   * All that was decided about one input.
   *
   * @param atMs when the first of it was, epoch milliseconds UTC
   * @param symbol symbol it is about; empty for none
   * @param notes the decisions, in order
   */
  public record Entry(long atMs, String symbol, List<DecisionNote> notes) {}

  private final Map<DecisionCause, Entry> entries = new LinkedHashMap<>();

  /** Creates a book without any. */
  public DecisionBook() {}

  /** Adds a decision. */
  public void add(Decision decision) {
    entries
        .computeIfAbsent(
            DecisionCause.of(decision),
            any ->
                new Entry(
                    decision.getAtMs(),
                    decision.getSymbol() == null ? "" : decision.getSymbol(),
                    new ArrayList<>(2)))
        .notes()
        .add(DecisionNote.of(decision));
  }

  /** Puts an entry as it was written down. */
  void put(DecisionCause cause, Entry entry) {
    entries.put(cause, entry);
  }

  /** Returns the entries by what they are about, in the order in which it came up; a view. */
  public Map<DecisionCause, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  Optional<Entry> about(DecisionCause cause) {
    return Optional.ofNullable(entries.get(cause));
  }

  /** Returns the entries whose time is as asked. */
  public DecisionBook at(LongPredicate times) {
    DecisionBook part = new DecisionBook();
    entries.forEach(
        (cause, entry) -> {
          if (times.test(entry.atMs())) {
            part.put(cause, entry);
          }
        });
    return part;
  }
}
