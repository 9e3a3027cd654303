package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.CommandFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a part to be ready. */
public final class Waiting {

  private static final long PAUSE_MS = 10;

  private Waiting() {}

  /**
   * Waits until a part is ready.
   *
   * @throws CommandFailure if it failed, or is not ready within the time
   */
  public static void until(
      String part, Duration atMost, BooleanSupplier ready, Supplier<Optional<Throwable>> failure)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!ready.getAsBoolean()) {
      Optional<Throwable> cause = failure.get();
      if (cause.isPresent()) {
        throw new CommandFailure(part + " did not start: " + cause.get().getMessage(), cause.get());
      }
      if (System.nanoTime() > end) {
        throw new CommandFailure(part + " did not start within " + atMost.toSeconds() + " s");
      }
      Thread.sleep(PAUSE_MS);
    }
  }
}
