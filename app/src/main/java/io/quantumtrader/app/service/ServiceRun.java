package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.cli.Signals;
import io.quantumtrader.app.parts.RunningParts;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One service from its start to its end. It ends on SIGTERM or SIGINT, in order and with the code
 * of the signal (143, 130), at once at a second one, or with exit code 1 and one line when it
 * fails.
 */
final class ServiceRun {

  private static final int CLEAN_UP_SECONDS = 45;
  private static final int CTRL_C = 130;

  private final String name;
  private final HealthFile health;
  private final Screen screen = Screen.ofProcess();
  private final RunningParts parts = new RunningParts();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CountDownLatch cleaned = new CountDownLatch(1);
  private final Thread starter = Thread.currentThread();
  private boolean starting = true;
  private boolean stopping;
  private volatile int signal;

  private ServiceRun(String name, HealthFile health) {
    this.name = name;
    this.health = health;
  }

  /** What a service does. */
  @FunctionalInterface
  interface Body {
    /**
     * Starts it.
     *
     * @param parts takes what is to be closed at the end, in reverse order
     * @param onFailure to be told when the service ends by itself
     * @return whether it does its work, asked each second
     */
    BooleanSupplier start(RunningParts parts, Consumer<Throwable> onFailure)
        throws InterruptedException;
  }

  /**
   * Runs a service until it is told to stop.
   *
   * @param name what it is called in messages
   * @return exit code: that of the signal which ended it, else 0
   * @throws CommandFailure if it cannot start, or fails on the way
   */
  static int run(String name, HealthFile health, Body body) throws IOException {
    return new ServiceRun(name, health).run(body);
  }

  private int run(Body body) throws IOException {
    try (Signals signals = Signals.take(this::first, this::again)) {
      if (!signals.areTaken()) {
        // The JVM's own answer then: its shutdown waits until the service has ended in order.
        Runtime.getRuntime().addShutdownHook(new Thread(this::endInOrder, "quantum-signal"));
      }
      return runToTheEnd(body);
    }
  }

  private int runToTheEnd(Body body) throws IOException {
    try {
      health.remove();
      BooleanSupplier working = body.start(parts, ended::completeExceptionally);
      started();
      screen.line(name + " runs.");
      watch(working);
    } catch (InterruptedException | RuntimeException e) {
      if (!isStopping()) {
        throw e instanceof RuntimeException failure
            ? failure
            : new CommandFailure(name + " was interrupted", e);
      }
    } finally {
      // A stop that came during the start interrupts; closing must not see it.
      boolean unused = Thread.interrupted();
      parts.close();
      health.remove();
      cleaned.countDown();
    }
    if (!parts.failures().isEmpty()) {
      throw new CommandFailure(
          name + " did not stop cleanly: " + String.join("; ", parts.failures()));
    }
    screen.line(name + " has stopped.");
    return signal;
  }

  private void watch(BooleanSupplier working) throws InterruptedException, IOException {
    while (true) {
      if (working.getAsBoolean()) {
        health.touch();
      }
      try {
        ended.get(1, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        // Still running: the next look.
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        throw new CommandFailure(name + " failed: " + cause.getMessage(), cause);
      }
    }
  }

  private synchronized void started() {
    starting = false;
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private synchronized void stop() {
    stopping = true;
    ended.complete(null);
    if (starting) {
      starter.interrupt();
    }
  }

  private void first(int code) {
    signal = code;
    if (code == CTRL_C) {
      screen.line(name + " stops; Ctrl-C again ends it at once.");
    }
    Thread.ofPlatform().daemon().name("quantum-clean-up").start(this::endInOrder);
  }

  private void again(int code) {
    screen.line("Ended at once.");
    Signals.endBy(code);
  }

  private void endInOrder() {
    stop();
    try {
      boolean inTime = cleaned.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        screen.line(name + " did not stop within " + CLEAN_UP_SECONDS + " s; ended at once.");
      }
      // Of a signal that was taken, the run itself tells what did not stop cleanly.
      if (!inTime || (signal == 0 && !parts.failures().isEmpty())) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
