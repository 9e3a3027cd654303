package io.quantumtrader.app.policy;

import io.quantumtrader.app.cli.CommandFailure;
import java.util.ArrayList;
import java.util.List;

/** The version that an operator names, or what may be named instead. */
final class VersionChoice {

  private VersionChoice() {}

  /**
   * Returns a version of a record.
   *
   * @throws CommandFailure if it is not there; the message lists those that are
   */
  static PolicyVersion of(PolicyHistory history, String key, long version) {
    return history
        .version(key, version)
        .orElseThrow(
            () -> new CommandFailure(PolicyDesk.WRONG, missing(history, key, version), null));
  }

  private static String missing(PolicyHistory history, String key, long version) {
    List<Long> there = history.versions(key);
    String what =
        history.gone(key).contains(version)
            ? "version %d of %s was compacted away or cannot be read".formatted(version, key)
            : "%s has no version %d".formatted(key, version);
    return what + (there.isEmpty() ? "; it has none at all" : "; choose one of " + listed(there));
  }

  /** Returns numbers, ascending, with the first and the last of those in a row alone. */
  static String listed(List<Long> versions) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < versions.size(); at++) {
      if (at + 1 == versions.size() || versions.get(at + 1) != versions.get(at) + 1) {
        parts.add(row(versions.subList(from, at + 1)));
        from = at + 1;
      }
    }
    return String.join(", ", parts);
  }

  private static String row(List<Long> inARow) {
    return switch (inARow.size()) {
      case 1 -> inARow.getFirst().toString();
      case 2 -> inARow.getFirst() + ", " + inARow.getLast();
      default -> inARow.getFirst() + " to " + inARow.getLast();
    };
  }
}
