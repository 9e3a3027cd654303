package io.quantumtrader.market.lockstep;

import java.time.Duration;

/**
 * How a wait for the pipeline goes.
 *
 * @param stall how long nothing may change before the wait is given up
 * @param limit how long a wait may take at all
 * @param shortestPause pause between two looks at first
 * @param longestPause pause between two looks later on
 * @param settle how long the same must be outstanding before gaps are searched for mere marks of
 *     transactions
 */
public record LockstepSettings(
    Duration stall,
    Duration limit,
    Duration shortestPause,
    Duration longestPause,
    Duration settle) {

  /** One minute without any change, ten at most, looks every 1 to 10 ms. */
  public static final LockstepSettings DEFAULT =
      new LockstepSettings(
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofMillis(1),
          Duration.ofMillis(10),
          Duration.ofMillis(500));

  public LockstepSettings {
    if (shortestPause.isNegative() || shortestPause.isZero()) {
      throw new IllegalArgumentException("the shortest pause must be above 0: " + shortestPause);
    }
    if (longestPause.compareTo(shortestPause) < 0) {
      throw new IllegalArgumentException("the longest pause is below the shortest");
    }
    if (stall.compareTo(settle) < 0 || limit.compareTo(stall) < 0) {
      throw new IllegalArgumentException("settle, stall and limit must not decrease");
    }
  }
}
