package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.cli.Signals;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C does to a run: the first ends it in order, the second at once. What a run leaves that
 * is ended so is cleaned up by its guard.
 */
final class CtrlC implements AutoCloseable {

  private static final Duration CLEAN_UP = Duration.ofSeconds(60);
  private static final int NONE = 0;

  private final UpRun run;
  private final Screen screen;
  private final CountDownLatch cleaned = new CountDownLatch(1);
  private volatile int code = NONE;
  private Signals signals;

  private CtrlC(UpRun run, Screen screen) {
    this.run = run;
    this.screen = screen;
  }

  /** Takes the signals for a run, until it is closed. */
  static CtrlC of(UpRun run, Screen screen) {
    CtrlC ctrlC = new CtrlC(run, screen);
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
    run.interrupt();
  }

  private void again(int signal) {
    screen.line("Ended at once.");
    Runtime.getRuntime().halt(signal);
  }

  private void endInTime() {
    if (!isCleanInTime()) {
      screen.line("It did not stop within " + CLEAN_UP.toSeconds() + " s; ended at once.");
      Runtime.getRuntime().halt(code);
    }
  }

  private void onShutdown() {
    if (cleaned.getCount() == 0) {
      return;
    }
    run.interrupt();
    if (!isCleanInTime()) {
      Runtime.getRuntime().halt(1);
    }
  }

  private boolean isCleanInTime() {
    try {
      return cleaned.await(CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS);
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
