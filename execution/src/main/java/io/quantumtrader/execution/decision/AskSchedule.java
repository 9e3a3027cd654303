package io.quantumtrader.execution.decision;

/** When an exchange that has not answered is asked again. */
public final class AskSchedule {

  /** Distance to the first time, milliseconds. */
  public static final long FIRST_MS = 1_000;

  /** Greatest distance between two times, milliseconds. */
  public static final long LONGEST_MS = 60_000;

  private AskSchedule() {}

  /**
   * Returns when to ask next: the distance doubles from a second to a minute, and stays there. It
   * never ends, because an order nobody knows of keeps its reservation, and to give up would be to
   * call a time-out a rejection.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   * @param asked how often it was asked since the order was sent, 0 or more
   */
  public static long next(long nowMs, int asked) {
    long doubled = asked >= 6 ? LONGEST_MS : FIRST_MS << asked;
    return nowMs + Math.min(doubled, LONGEST_MS);
  }
}
