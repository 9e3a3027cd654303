package io.quantumtrader.replay.simulate;

import java.util.SplittableRandom;

/**
 * Something that happens in a simulated minute. What exactly depends on it alone, and not on what
 * else happens, so that a schedule can be shortened.
 *
 * @param index number in its schedule, 0 or more
 * @param minute simulated minute, 0 or more
 * @param kind what happens
 * @param salt makes it particular
 */
record SimulatedEvent(int index, int minute, EventKind kind, long salt) {

  /** Returns the numbers that it is made from, the same each time. */
  SplittableRandom random() {
    return new SplittableRandom(salt);
  }
}
