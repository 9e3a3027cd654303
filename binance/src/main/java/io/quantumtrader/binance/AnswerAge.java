package io.quantumtrader.binance;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How long ago an exchange last answered a request. Thread-safe. */
public final class AnswerAge {
  private static final long NEVER = Long.MIN_VALUE;

  private final LongSupplier elapsedMs;
  private final AtomicLong answeredAtMs = new AtomicLong(NEVER);

  /**
   * Creates it.
   *
   * @param elapsedMs milliseconds that only go forward, from any start
   */
  public AnswerAge(LongSupplier elapsedMs) {
    this.elapsedMs = elapsedMs;
  }

  static AnswerAge system() {
    return new AnswerAge(StreamTimes.system().elapsedMs());
  }

  /** Notes an answer. */
  public void answered() {
    answeredAtMs.set(elapsedMs.getAsLong());
  }

  /** Returns the milliseconds since the last answer; -1 where there was none. */
  public long ms() {
    long atMs = answeredAtMs.get();
    return atMs == NEVER ? -1 : elapsedMs.getAsLong() - atMs;
  }
}
