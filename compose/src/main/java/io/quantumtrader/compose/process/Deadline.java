package io.quantumtrader.compose.process;

import io.quantumtrader.compose.StackException;
import java.time.Duration;

/** A moment after which nobody waits any longer. */
public final class Deadline {
  private static final long PAUSE_MS = 20;

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  /** A deadline that passes after this time from now. */
  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Whether it is over. */
  public boolean hasPassed() {
    return endNanos - System.nanoTime() <= 0;
  }

  /** What is left, never negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  /**
   * Rests shortly between two looks at something that cannot call back.
   *
   * @throws StackException if the thread is interrupted; the interruption is kept
   */
  public static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while waiting", e);
    }
  }
}
