package io.quantumtrader.execution.decision;

import java.time.Duration;
import java.util.OptionalLong;

/** When an exchange is to be told again that the executor is there. */
public final class DeadManSchedule {

  /** Told so many times in the time that the exchange waits, one telling may be lost. */
  private static final int TIMES = 3;

  private DeadManSchedule() {}

  /**
   * Returns whether it is due: it was never told, a third of the time has passed, or the clock was
   * set back since.
   *
   * @param toldAtMs when it was told last; empty: never
   * @param nowMs the executor's own time, epoch milliseconds UTC
   * @param within how long the exchange waits; zero: the switch is off, and nothing is ever due
   */
  public static boolean isDue(OptionalLong toldAtMs, long nowMs, Duration within) {
    if (within.isZero()) {
      return false;
    }
    if (toldAtMs.isEmpty() || nowMs < toldAtMs.getAsLong()) {
      return true;
    }
    return nowMs - toldAtMs.getAsLong() >= within.toMillis() / TIMES;
  }
}
