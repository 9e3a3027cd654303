package io.quantumtrader.binance;

import java.time.Duration;

/**
 * How patient a {@link StreamSocket} is.
 *
 * @param name of the stream for people and logs, without any key
 * @param connectWithin how long a connection may take to stand, above 0
 * @param silence after how long without a frame of any kind, pings included but not the answers to
 *     our own, the owner is asked whether the connection is dead, above 0. The exchange pings each
 *     3 minutes
 * @param life after how long a connection is replaced before the exchange cuts it, above 0. The
 *     exchange cuts at 24 hours
 * @param drain how long the old connection may take to end once the new one stands, above 0
 * @param firstPause longest pause before the first new attempt, above 0; it doubles with each
 * @param longestPause what the pause grows to, {@code firstPause} or more
 */
public record StreamSettings(
    String name,
    Duration connectWithin,
    Duration silence,
    Duration life,
    Duration drain,
    Duration firstPause,
    Duration longestPause) {

  /** Checks the ranges. */
  public StreamSettings {
    for (Duration each : new Duration[] {connectWithin, silence, life, drain, firstPause}) {
      if (!each.isPositive()) {
        throw new IllegalArgumentException("durations of the stream " + name + " must be above 0");
      }
    }
    if (longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException("the longest pause is below the first: " + longestPause);
    }
  }

  /**
   * Returns what suits a stream of the exchange: replaced after 23 hours and a half, a second to a
   * minute between attempts.
   *
   * @param silence see above; over 3 minutes for a stream on which there may be nothing to say
   */
  public static StreamSettings of(String name, Duration silence) {
    return new StreamSettings(
        name,
        Duration.ofSeconds(10),
        silence,
        Duration.ofMinutes(23 * 60 + 30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60));
  }
}
