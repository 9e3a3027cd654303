package io.quantumtrader.schemas.evolution;

/** Whose reading of whose records a change of a schema breaks. */
public enum Reading {
  /** A reader that has the new schema, of records written before: {@code BACKWARD}. */
  NEW_READS_OLD,
  /** A reader that still has the old schema, of records written since: {@code FORWARD}. */
  OLD_READS_NEW,
  /** Any reader that gets the new schema. */
  ANY
}
