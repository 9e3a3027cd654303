package io.quantumtrader.bench.measure;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Sends at a fixed rate, whatever becomes of what was sent. A latency counts from when something
 * was due to be sent: if the sender was held up, that is part of it, and nothing is left out.
 */
final class Schedule {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int perSecond;
  private final int count;
  private long beginNanos;

  /**
   * Plans.
   *
   * @param perSecond how many in a second, 1 or more
   * @param seconds for how long
   */
  Schedule(int perSecond, int seconds) {
    this.perSecond = perSecond;
    this.count = perSecond * seconds;
  }

  /** Returns how many there are. */
  int count() {
    return count;
  }

  /** Sends all, each when it is due, from now on. */
  void send(IntConsumer sender) {
    beginNanos = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long left = dueNanos(i) - System.nanoTime();
      while (left > 0) {
        LockSupport.parkNanos(left);
        left = dueNanos(i) - System.nanoTime();
      }
      sender.accept(i);
    }
  }

  /** Returns when something was due, on the monotonic clock. */
  long dueNanos(int number) {
    return beginNanos + number * NANOS_PER_SECOND / perSecond;
  }
}
