package io.quantumtrader.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Intents that wait for their time, in the order of event time and, at the same time, of their
 * lines. Not safe for use by several threads.
 */
public final class IntentQueue {

  private final List<TimedIntent> intents;
  private final List<UnreadableIntent> unreadable;
  private int next;

  /**
   * Creates the queue.
   *
   * @param intents the intents in any order
   * @param unreadable lines that are none; they end as dead letters
   */
  public IntentQueue(List<TimedIntent> intents, List<UnreadableIntent> unreadable) {
    this.intents =
        intents.stream()
            .sorted(
                Comparator.<TimedIntent>comparingLong(each -> each.intent().getCreatedAtMs())
                    .thenComparingLong(TimedIntent::line))
            .toList();
    this.unreadable = List.copyOf(unreadable);
  }

  /** Returns a queue without any. */
  public static IntentQueue empty() {
    return new IntentQueue(List.of(), List.of());
  }

  /**
   * Returns a queue of the intents made in a time, none of them taken yet, and of the same lines
   * that are none.
   *
   * @param fromMs earliest time, epoch milliseconds UTC
   * @param toMs latest time, epoch milliseconds UTC
   */
  public IntentQueue between(long fromMs, long toMs) {
    return new IntentQueue(
        intents.stream()
            .filter(each -> each.intent().getCreatedAtMs() >= fromMs)
            .filter(each -> each.intent().getCreatedAtMs() <= toMs)
            .toList(),
        unreadable);
  }

  /** Returns all intents in their order, waiting or taken. */
  public List<TimedIntent> all() {
    return intents;
  }

  /** Returns how many intents there are, waiting or taken. */
  public int intentCount() {
    return intents.size();
  }

  /** Returns the lines that are no intents, in the order of the file. */
  public List<UnreadableIntent> unreadable() {
    return unreadable;
  }

  /** Takes the intents whose time has come: made at or before now, not taken before. */
  List<TimedIntent> takeDue(long nowMs) {
    int first = next;
    while (next < intents.size() && intents.get(next).intent().getCreatedAtMs() <= nowMs) {
      next++;
    }
    return new ArrayList<>(intents.subList(first, next));
  }

  /** Takes all that are left, whatever their time. */
  List<TimedIntent> takeRest() {
    return takeDue(Long.MAX_VALUE);
  }
}
