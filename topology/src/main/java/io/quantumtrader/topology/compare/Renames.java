package io.quantumtrader.topology.compare;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Names that are on one side only, of which some are the same thing under a new name.
 *
 * @param renamed new name by old name
 * @param removed on the left alone
 * @param added on the right alone
 */
record Renames(Map<String, String> renamed, Set<String> removed, Set<String> added) {

  /** Pairs what is gone with what is new, each once, by what makes two of them alike. */
  static Renames of(Set<String> before, Set<String> after, BiPredicate<String, String> alike) {
    Set<String> removed = new TreeSet<>(before);
    removed.removeAll(after);
    Set<String> added = new TreeSet<>(after);
    added.removeAll(before);
    Map<String, String> renamed = new TreeMap<>();
    for (String old : removed) {
      added.stream()
          .filter(candidate -> alike.test(old, candidate))
          .findFirst()
          .ifPresent(
              found -> {
                renamed.put(old, found);
                added.remove(found);
              });
    }
    removed.removeAll(renamed.keySet());
    return new Renames(renamed, removed, added);
  }

  /** Returns the name on the right of what is called so on the left. */
  String now(String old) {
    return renamed.getOrDefault(old, old);
  }
}
