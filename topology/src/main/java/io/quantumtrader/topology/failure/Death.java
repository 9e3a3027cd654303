package io.quantumtrader.topology.failure;

import java.util.Optional;

/**
 * The death of a stream thread.
 *
 * @param kind what kind of cause it has
 * @param cause the innermost cause, in one line
 * @param place the record it happened at, where that is known
 */
public record Death(DeathKind kind, String cause, Optional<RecordPlace> place) {

  /** Whether it is the same again: the same record, or the same words where none is known. */
  boolean isAgain(Death other) {
    if (kind.passes() || other.kind.passes()) {
      return kind == other.kind;
    }
    boolean placed = place.isPresent() || other.place.isPresent();
    return placed ? place.equals(other.place) : cause.equals(other.cause);
  }

  /** Whether it happened in the same partition at another record: there was progress between. */
  boolean isBeyond(Death other) {
    return place.isPresent()
        && other.place.isPresent()
        && place.get().isBeside(other.place.get())
        && place.get().offset() != other.place.get().offset();
  }

  @Override
  public String toString() {
    return place.map(at -> "record " + at + ": ").orElse("") + cause;
  }
}
