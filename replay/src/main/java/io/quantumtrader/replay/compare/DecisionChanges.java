package io.quantumtrader.replay.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which decisions differ between two runs.
 *
 * @param compared inputs that either run decided about
 * @param groups the differences by the codes of both, the most frequent first
 */
public record DecisionChanges(long compared, List<Group> groups) {

  /** How many examples a group keeps. */
  public static final int EXAMPLES = 3;

  /**
   * Differences of one kind.
   *
   * @param codes from which code to which
   * @param count how many there are
   * @param examples the first of them by time
   */
  public record Group(CodeChange codes, long count, List<DecisionChange> examples) {}

  /** Returns how many inputs were decided differently. */
  public long count() {
    return groups.stream().mapToLong(Group::count).sum();
  }

  /**
   * Compares two runs. Of all that was decided about one input the first that differs counts, so
   * that an input counts once.
   */
  public static DecisionChanges between(DecisionBook before, DecisionBook after) {
    List<DecisionChange> changes = new ArrayList<>();
    long compared = before.entries().size();
    before
        .entries()
        .forEach(
            (cause, entry) -> change(cause, entry, after.about(cause)).ifPresent(changes::add));
    for (Map.Entry<DecisionCause, DecisionBook.Entry> each : after.entries().entrySet()) {
      if (before.about(each.getKey()).isEmpty()) {
        compared++;
        changes.add(only(each.getKey(), each.getValue()));
      }
    }
    changes.sort(
        Comparator.comparingLong(DecisionChange::atMs).thenComparing(DecisionChange::cause));
    return new DecisionChanges(compared, groups(changes));
  }

  private static DecisionChange only(DecisionCause cause, DecisionBook.Entry after) {
    return new DecisionChange(
        cause,
        after.atMs(),
        after.symbol(),
        Optional.empty(),
        Optional.of(after.notes().getFirst()));
  }

  private static Optional<DecisionChange> change(
      DecisionCause cause, DecisionBook.Entry before, Optional<DecisionBook.Entry> after) {
    List<DecisionNote> old = before.notes();
    List<DecisionNote> now = after.map(DecisionBook.Entry::notes).orElse(List.of());
    for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
      Optional<DecisionNote> one = at(old, i);
      Optional<DecisionNote> other = at(now, i);
      boolean same =
          one.isPresent() && other.isPresent() && one.get().comesToTheSameAs(other.get());
      if (!same) {
        return Optional.of(new DecisionChange(cause, before.atMs(), before.symbol(), one, other));
      }
    }
    return Optional.empty();
  }

  private static Optional<DecisionNote> at(List<DecisionNote> notes, int index) {
    return index < notes.size() ? Optional.of(notes.get(index)) : Optional.empty();
  }

  private static List<Group> groups(List<DecisionChange> changes) {
    Map<CodeChange, List<DecisionChange>> byCodes = new LinkedHashMap<>();
    changes.forEach(
        change -> byCodes.computeIfAbsent(change.codes(), any -> new ArrayList<>()).add(change));
    List<Group> groups = new ArrayList<>(byCodes.size());
    byCodes.forEach(
        (codes, all) ->
            groups.add(
                new Group(
                    codes,
                    all.size(),
                    List.copyOf(all.subList(0, Math.min(EXAMPLES, all.size()))))));
    groups.sort(
        Comparator.comparingLong(Group::count)
            .reversed()
            .thenComparing(group -> group.codes().text()));
    return List.copyOf(groups);
  }
}
