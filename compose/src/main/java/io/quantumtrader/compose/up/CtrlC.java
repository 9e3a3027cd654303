package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.cli.Signals;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What Ctrl-C does to a run: the first ends it in order, the second at once. What a run leaves that
 * is ended so is cleaned up by its guard.
 */
final class CtrlC implements AutoCloseable {

  /** How long the servers and parts of a pipeline may take to stop. */
  static final Duration CLEAN_UP = Duration.ofSeconds(60);

  private static final int NONE = 0;

  private final Runnable interrupt;
  private final Screen screen;
  private final Duration cleanUp;
  private final Supplier<Optional<String>> left;
  private final CountDownLatch cleaned = new CountDownLatch(1);
  private volatile int code = NONE;
  private Signals signals;

  private CtrlC(
      Runnable interrupt, Screen screen, Duration cleanUp, Supplier<Optional<String>> left) {
    this.interrupt = interrupt;
    this.screen = screen;
    this.cleanUp = cleanUp;
    this.left = left;
  }

  /** Takes the signals for a run of a pipeline, until it is closed. */
  static CtrlC of(UpRun run, Screen screen) {
    return of(run::interrupt, screen, CLEAN_UP, run::left);
  }

  /**
   * Takes the signals, until it is closed.
   *
   * @param interrupt ends what runs, in order; returns at once
   * @param cleanUp how long that may take, before the process ends at once
   * @param left says what a process that ends at once leaves behind elsewhere, if anything
   */
  static CtrlC of(
      Runnable interrupt, Screen screen, Duration cleanUp, Supplier<Optional<String>> left) {
    CtrlC ctrlC = new CtrlC(interrupt, screen, cleanUp, left);
    ctrlC.signals = Signals.take(ctrlC::first, ctrlC::again);
    if (!ctrlC.signals.areTaken()) {
      // The JVM's own answer then: its shutdown waits until the run has ended in order.
      Runtime.getRuntime().addShutdownHook(new Thread(ctrlC::onShutdown, "quantum-signal"));
    }
    return ctrlC;
  }

  /** Returns the exit code of the signal that came; empty if none did. */
  OptionalInt code() {
    return code == NONE ? OptionalInt.empty() : OptionalInt.of(code);
  }

  private void first(int signal) {
    code = signal;
    Thread.ofPlatform().daemon().name("quantum-clean-up").start(this::endInTime);
    interrupt.run();
  }

  private void again(int signal) {
    screen.line("Ended at once.");
    left.get().ifPresent(screen::line);
    Signals.endBy(signal);
  }

  private void endInTime() {
    if (!isCleanInTime()) {
      screen.line("It did not stop within " + cleanUp.toSeconds() + " s; ended at once.");
      left.get().ifPresent(screen::line);
      Signals.endBy(code);
    }
  }

  private void onShutdown() {
    if (cleaned.getCount() == 0) {
      return;
    }
    interrupt.run();
    if (!isCleanInTime()) {
      left.get().ifPresent(screen::line);
      Runtime.getRuntime().halt(1);
    }
  }

  private boolean isCleanInTime() {
    try {
      return cleaned.await(cleanUp.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Says that the run has ended, and gives the signals back. */
  @Override
  public void close() {
    cleaned.countDown();
    signals.close();
  }
}
