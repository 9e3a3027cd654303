package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.CommandFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Waits for a part to be ready as long as it gets on, however long that takes, and says what it is
 * at. Only where nothing moves for some time it is given up.
 */
public final class Patience {

  private static final long PAUSE_MS = 20;
  private static final Duration SAID_EVERY = Duration.ofSeconds(10);

  private final Duration stall;
  private final Consumer<String> report;
  private final LongSupplier nanoTime;
  private final Pause pause;

  /** Lets some time pass. */
  @FunctionalInterface
  interface Pause {
    void take() throws InterruptedException;
  }

  /**
   * Creates it.
   *
   * @param stall how long nothing may move
   * @param report takes a line for people, every 10 s
   */
  public Patience(Duration stall, Consumer<String> report) {
    this(stall, report, System::nanoTime, () -> Thread.sleep(PAUSE_MS));
  }

  Patience(Duration stall, Consumer<String> report, LongSupplier nanoTime, Pause pause) {
    this.stall = stall;
    this.report = report;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /**
   * Waits until a part is ready.
   *
   * @param part its name, as the subject of a sentence in the plural or with an article
   * @throws CommandFailure if it failed, or if nothing moved for the time
   */
  public void await(String part, StartProgress progress) throws InterruptedException {
    long movedAt = nanoTime.getAsLong();
    long saidAt = movedAt;
    String where = progress.where();
    while (!progress.isReady()) {
      Optional<Throwable> cause = progress.failure();
      if (cause.isPresent()) {
        throw new CommandFailure(part + " did not start: " + cause.get().getMessage(), cause.get());
      }
      long now = nanoTime.getAsLong();
      String next = progress.where();
      if (!next.equals(where)) {
        where = next;
        movedAt = now;
      } else if (now - movedAt > stall.toNanos()) {
        throw new CommandFailure(
            "%s did not start: nothing has moved for %d s (%s)"
                .formatted(part, stall.toSeconds(), where));
      }
      if (now - saidAt > SAID_EVERY.toNanos()) {
        saidAt = now;
        report.accept("  waiting for " + part + ": " + where);
      }
      pause.take();
    }
  }
}
