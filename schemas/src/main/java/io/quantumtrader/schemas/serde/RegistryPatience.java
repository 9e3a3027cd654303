package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, where a value is read or written, until a registry that is away is back: nothing is wrong
 * with the record, and a reader that gives up here loses its place among the others. It waits so
 * long as its bound, then the outage is thrown to the caller. May be used by several threads.
 */
public final class RegistryPatience {

  /** Name of the setting under which a process passes its patience to a topology. */
  public static final String SETTING = "quantum.registry.patience";

  private static final Logger LOG = LoggerFactory.getLogger(RegistryPatience.class);
  private static final long FIRST_PAUSE_MS = 200;
  private static final long LONGEST_PAUSE_MS = 5_000;

  private final long boundNanos;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** When each thread that waits began to, by {@link System#nanoTime}. */
  private final ConcurrentHashMap<Thread, Long> waiting = new ConcurrentHashMap<>();

  /**
   * Creates it.
   *
   * @param atMost how long one value is waited for; 0 or more, and well below the time within which
   *     the caller has to poll again
   */
  public RegistryPatience(Duration atMost) {
    boundNanos = atMost.toNanos();
  }

  /** Returns the answer of a call that may need the registry. */
  <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (RegistryUnavailableException outage) {
      return again(call, outage);
    }
  }

  private <T> T again(Supplier<T> call, RegistryUnavailableException first) {
    long began = System.nanoTime();
    RegistryUnavailableException outage = first;
    waiting.put(Thread.currentThread(), began);
    try {
      for (long pauseMs = FIRST_PAUSE_MS;
          System.nanoTime() - began < boundNanos && !pause(pauseMs);
          pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
        try {
          return call.get();
        } catch (RegistryUnavailableException still) {
          outage = still;
          LOG.warn("waiting for the schema registry: {}", still.getMessage());
        }
      }
      throw outage;
    } finally {
      waiting.remove(Thread.currentThread());
    }
  }

  /** Returns whether the wait is over because the process ends. */
  private boolean pause(long pauseMs) {
    try {
      return stopped.await(pauseMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Returns how long the first of those who wait has done so; empty while nobody does. */
  public Optional<Duration> waitingFor() {
    long now = System.nanoTime();
    return waiting.values().stream()
        .map(began -> now - began)
        .max(Long::compare)
        .map(Duration::ofNanos);
  }

  /** Ends every wait, and those to come, at once: the process ends. */
  public void stop() {
    stopped.countDown();
  }
}
