package io.quantumtrader.execution.twin.compare;

/**
 * Something that a twin answers otherwise than the exchange did.
 *
 * @param line number of the request in the session, from 1
 * @param asked method and path
 * @param field where in the answer, for example {@code symbols[].filters[LOT_SIZE].stepSize}; of a
 *     list's elements only those have a name that are few; empty for the whole answer
 * @param recorded what the exchange answered; empty where it has no such field
 * @param twin what the twin answers; empty where it has no such field
 */
public record Difference(
    int line, String asked, String field, Kind kind, String recorded, String twin) {

  /** What differs. */
  public enum Kind {
    /** The HTTP status. */
    STATUS,
    /** The code of a refusal. */
    CODE,
    /** The twin has no such field, or no such element of a list. */
    MISSING,
    /** The exchange has no such field, or no such element of a list. */
    ADDITIONAL,
    /** A number here, a text there. */
    TYPE,
    /** The value, where it follows from the session alone. */
    VALUE
  }
}
