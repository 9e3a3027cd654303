package io.quantumtrader.schemas.registry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How often and how long apart a failed call is repeated: exponential back-off with jitter, bounded
 * in number and in length.
 *
 * @param limit repetitions after the first try, 0 or more
 * @param first longest wait before the first repetition
 * @param longest bound of each wait
 * @param sleeper waits
 * @param jitter numbers within [0, 1); a wait is between half of its length and all of it
 */
public record Retries(
    int limit, Duration first, Duration longest, Sleeper sleeper, DoubleSupplier jitter) {

  /** Waits for a time. */
  @FunctionalInterface
  public interface Sleeper {
    /** Waits this long, or throws when the thread is interrupted. */
    void sleep(Duration duration) throws InterruptedException;
  }

  public Retries {
    if (limit < 0 || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "retries need limit >= 0 and 0 <= first <= longest: limit="
              + limit
              + ", first="
              + first
              + ", longest="
              + longest);
    }
  }

  /**
   * Returns how long to wait before a repetition.
   *
   * @param repetition counts from 0
   */
  Duration delay(int repetition) {
    long doubled = first.toMillis() << Math.min(repetition, 30);
    double full = (double) Math.min(longest.toMillis(), doubled);
    return Duration.ofMillis(Math.round(full * (0.5 + jitter.getAsDouble() / 2)));
  }
}
