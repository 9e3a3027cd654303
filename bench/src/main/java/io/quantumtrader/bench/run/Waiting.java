package io.quantumtrader.bench.run;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaFuture;

/** Waits, but never forever. */
public final class Waiting {

  private static final long PAUSE_MS = 10;
  private static final long ANSWER_S = 60;

  private Waiting() {}

  /**
   * Waits for something to become true.
   *
   * @throws IllegalStateException if it does not within the time
   */
  public static void until(String what, Duration atMost, BooleanSupplier done) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "waited " + atMost.toSeconds() + " s without success" + " for " + what);
      }
      pause(PAUSE_MS);
    }
  }

  /** Waits so many milliseconds. */
  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Returns what the broker answers. */
  public static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(ANSWER_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refuses: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the broker does not answer", e);
    }
  }
}
