package io.quantumtrader.execution.executor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How often a remote exchange may be asked for an account because something was traded in it. */
final class AskLimit {

  private static final long MINUTE_MS = 60_000;

  private final int perMinute;
  private final Map<String, Deque<Long>> askedAtMs = new HashMap<>();

  /**
   * Creates it.
   *
   * @param perMinute how often in a minute, for each account, above 0
   */
  AskLimit(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Returns whether it may be asked now, and counts that. */
  boolean mayAsk(String account, long nowMs) {
    Deque<Long> asked = askedAtMs.computeIfAbsent(account, name -> new ArrayDeque<>());
    asked.removeIf(atMs -> nowMs - atMs >= MINUTE_MS);
    boolean may = asked.size() < perMinute;
    if (may) {
      asked.add(nowMs);
    }
    return may;
  }

  /** Forgets what was asked at a later time than this: the clock was wrong then. */
  void doubtAfter(long clockMs) {
    askedAtMs.values().forEach(asked -> asked.removeIf(atMs -> atMs > clockMs));
  }
}
