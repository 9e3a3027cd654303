package io.quantumtrader.binance;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Time and chance as a {@link StreamSocket} has them.
 *
 * @param wallMs this machine's clock, epoch milliseconds UTC
 * @param elapsedMs milliseconds that only go forward, from any start
 * @param sleeper waits between attempts
 * @param random evenly spread, 0 to below 1
 */
public record StreamTimes(
    LongSupplier wallMs, LongSupplier elapsedMs, Sleeper sleeper, DoubleSupplier random) {

  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {

    /**
     * Waits as long.
     *
     * @throws InterruptedException where the waiting is ended
     */
    void sleep(Duration pause) throws InterruptedException;
  }

  /** Returns those of this machine. */
  public static StreamTimes system() {
    return new StreamTimes(
        System::currentTimeMillis,
        () -> System.nanoTime() / 1_000_000,
        Thread::sleep,
        () -> ThreadLocalRandom.current().nextDouble());
  }
}
