package io.quantumtrader.replay.simulate;

import java.util.SplittableRandom;

/** How the exchange misbehaves at the moment. */
final class Weather {

  /** What goes wrong. */
  enum Kind {
    FINE,
    REJECTS,
    PARTIALS,
    LOSES_ANSWERS,
    LOSES_ORDERS,
    LATE_ORDERS,
    SILENT,
    REFUSES_STOPS,
    LOSES_STOPS,
    CRASH_BEFORE,
    CRASH_AFTER
  }

  private static final Kind[] KINDS = Kind.values();
  private static final long MINUTE_MS = 60_000;
  private static final int SHORT_MINUTES = 6;
  private static final int LONG_MINUTES = 14;

  private Kind kind = Kind.FINE;
  private long untilMs;
  private long salt;
  private int crashes;

  /** Draws what goes wrong from now on, and for how many minutes. */
  void change(SplittableRandom random, long nowMs) {
    kind = KINDS[1 + random.nextInt(KINDS.length - 1)];
    int most = random.nextInt(4) == 0 ? LONG_MINUTES : SHORT_MINUTES;
    untilMs = nowMs + (1 + random.nextInt(most)) * MINUTE_MS;
    salt = random.nextLong();
    crashes = 1;
  }

  /** Lets everything work as it should. */
  void clear() {
    kind = Kind.FINE;
  }

  /** Returns what goes wrong now. */
  Kind at(long nowMs) {
    return nowMs < untilMs ? kind : Kind.FINE;
  }

  /** Returns whether it hits what is done under this id now; most of the time. */
  boolean hits(Kind of, String id, long nowMs) {
    return at(nowMs) == of && random(id).nextInt(4) != 0;
  }

  /** Returns the numbers for what is done under an id. */
  SplittableRandom random(String id) {
    return new SplittableRandom(salt ^ id.hashCode());
  }

  /** Throws where the executor is to die here; once in each spell of such weather. */
  void crash(Kind where, String id, long nowMs) {
    if (crashes > 0 && hits(where, id, nowMs)) {
      crashes--;
      throw new SimulatedCrash(where.name());
    }
  }
}
