package io.quantumtrader.connectors.redis;

/** Pauses that double from try to try up to a longest one. */
public final class Backoff {

  private final long firstMs;
  private final long longestMs;
  private long nextMs;

  /**
   * Creates it.
   *
   * @param firstMs first pause, milliseconds, above 0
   * @param longestMs longest pause, milliseconds, above 0
   */
  public Backoff(long firstMs, long longestMs) {
    this.firstMs = Math.min(firstMs, longestMs);
    this.longestMs = longestMs;
    this.nextMs = this.firstMs;
  }

  /** Returns the pause before the next try, milliseconds. */
  public long next() {
    long pause = nextMs;
    nextMs = Math.min(longestMs, 2 * nextMs);
    return pause;
  }

  /** Begins again with the first pause. */
  public void reset() {
    nextMs = firstMs;
  }
}
