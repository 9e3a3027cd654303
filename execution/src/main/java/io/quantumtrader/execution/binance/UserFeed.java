package io.quantumtrader.execution.binance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the user stream told since the executor looked last. The stream's thread writes, the
 * executor's reads; too much of it becomes a gap, which is filled by asking.
 */
final class UserFeed {

  private static final int MOST = 20_000;

  /**
   * What was told.
   *
   * @param events in the order they came
   * @param gap whether others may be missing
   */
  record Told(List<UserEvent> events, boolean gap) {}

  private final Deque<UserEvent> events = new ArrayDeque<>();
  private boolean gap;

  /** Takes an event. */
  synchronized void take(UserEvent event) {
    if (event instanceof UserEvent.Other) {
      return;
    }
    if (event instanceof UserEvent.Unreadable || events.size() >= MOST) {
      gap = true;
      return;
    }
    events.add(event);
  }

  /** Takes it that events may be missing. */
  synchronized void missed() {
    gap = true;
  }

  /** Returns, once, what was told. */
  synchronized Told drain() {
    Told told = new Told(new ArrayList<>(events), gap);
    events.clear();
    gap = false;
    return told;
  }
}
