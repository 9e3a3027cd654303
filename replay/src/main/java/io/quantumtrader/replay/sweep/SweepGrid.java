package io.quantumtrader.replay.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * All combinations of the values of several thresholds.
 *
 * @param ranges the thresholds, each key once
 */
public record SweepGrid(List<SweepRange> ranges) {

  /** Most combinations that a sweep runs; more cannot be told from luck anyway. */
  public static final int MOST = 10_000;

  /**
   * Creates a grid.
   *
   * @throws IllegalArgumentException where a key is given twice
   */
  public SweepGrid {
    ranges = List.copyOf(ranges);
    Set<String> keys = new HashSet<>();
    for (SweepRange range : ranges) {
      if (!keys.add(range.key())) {
        throw new IllegalArgumentException(range.key() + " is swept twice");
      }
    }
  }

  /** Returns how many combinations there are. */
  public long size() {
    long size = 1;
    for (SweepRange range : ranges) {
      size = Math.multiplyExact(size, range.values().size());
    }
    return size;
  }

  /**
   * Returns all combinations, the last threshold running fastest.
   *
   * @throws IllegalArgumentException where there are more than {@link #MOST}
   */
  public List<List<String>> all() {
    if (size() > MOST) {
      throw new IllegalArgumentException(
          "the sweep has %,d combinations, more than %,d; try some with --random"
              .formatted(size(), MOST));
    }
    List<Long> every = new ArrayList<>();
    for (long i = 0; i < size(); i++) {
      every.add(i);
    }
    return at(every);
  }

  /**
   * Returns some combinations, each once, in the order of the grid; all where there are no more.
   *
   * @param count how many, 1 to {@link #MOST}
   * @param seed the same seed takes the same
   */
  public List<List<String>> some(int count, long seed) {
    if (size() <= count) {
      return all();
    }
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<Long> taken = new TreeSet<>();
    while (taken.size() < count) {
      taken.add(random.nextLong(size()));
    }
    return at(taken);
  }

  private List<List<String>> at(Collection<Long> numbers) {
    return numbers.stream().map(this::at).toList();
  }

  /** Returns a combination as assignments. */
  private List<String> at(long number) {
    List<String> assignments = new ArrayList<>();
    long rest = number;
    for (SweepRange range : ranges.reversed()) {
      int count = range.values().size();
      String value = range.values().get((int) (rest % count)).toPlainString();
      assignments.addFirst(range.key() + "=" + value);
      rest /= count;
    }
    return assignments;
  }
}
