package io.quantumtrader.schemas.deadletter;

import java.util.Optional;

/**
 * A place in a topic, written {@code PARTITION:OFFSET}.
 *
 * @param partition partition, 0 or more
 * @param offset offset in it, 0 or more
 */
public record LetterPlace(int partition, long offset) {

  /** How a place is given, for people. */
  public static final String RULE = "PARTITION:OFFSET, like 0:12";

  /** Returns the place that a text names, or empty where it names none. */
  public static Optional<LetterPlace> parse(String text) {
    int colon = text.indexOf(':');
    try {
      int partition = Integer.parseInt(text.substring(0, Math.max(0, colon)));
      long offset = Long.parseLong(text.substring(colon + 1));
      return Optional.of(new LetterPlace(partition, offset))
          .filter(place -> partition >= 0 && offset >= 0);
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return partition + ":" + offset;
  }
}
