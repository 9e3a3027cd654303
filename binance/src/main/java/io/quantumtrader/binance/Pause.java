package io.quantumtrader.binance;

/** Waits; passed in, so that what waits can be tried without waiting. */
@FunctionalInterface
public interface Pause {

  /** Lets the thread sleep. Where it is interrupted it says so again, and goes on. */
  Pause SLEEP =
      ms -> {
        try {
          Thread.sleep(ms);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      };

  /**
   * Waits so long, or less where the thread is interrupted.
   *
   * @param ms milliseconds, 0 or more
   */
  void of(long ms);
}
