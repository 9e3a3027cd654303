package io.quantumtrader.execution.binance;

import io.quantumtrader.binance.StreamMeter;
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

  private final StreamMeter meter;
  private final Deque<UserEvent> events = new ArrayDeque<>();
  private boolean gap;

  UserFeed() {
    this(StreamMeter.system());
  }

  /** Creates it; {@code meter} counts the gaps that were filled. */
  UserFeed(StreamMeter meter) {
    this.meter = meter;
  }

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

  /** Assumes that events may be missing. */
  synchronized void missed() {
    gap = true;
  }

  /** Takes it that everything was asked for; {@code after} says whether a gap led to that. */
  void asked(boolean after) {
    if (after) {
      meter.gapFilled();
    }
  }

  /** Returns, once, what was told. */
  synchronized Told drain() {
    Told told = new Told(new ArrayList<>(events), gap);
    events.clear();
    gap = false;
    return told;
  }
}
