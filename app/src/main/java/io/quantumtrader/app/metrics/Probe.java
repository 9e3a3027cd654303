package io.quantumtrader.app.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks something outside every few seconds, on a thread of its own, and knows for how long there
 * has been no answer.
 */
final class Probe implements AutoCloseable {

  private static final long EVERY_MS = 3_000;

  /** A call that takes longer than this is as bad as none. */
  private static final Duration SILENT = Duration.ofSeconds(12);

  private final String what;
  private final Callable<?> ask;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile long answeredNanos = System.nanoTime();
  private volatile boolean answered;
  private volatile String why = "";

  /**
   * Creates it and starts to ask.
   *
   * @param what for people: "the broker"
   * @param ask throws where there is no answer
   */
  Probe(String what, Callable<?> ask) {
    this.what = what;
    this.ask = ask;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("quantum-probe-" + what.replace(' ', '-'))
            .unstarted(this::run);
    thread.start();
  }

  private void run() {
    try {
      do {
        askOnce();
      } while (!stopping.await(EVERY_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void askOnce() throws InterruptedException {
    try {
      Object unused = ask.call();
      answeredNanos = System.nanoTime();
      answered = true;
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception silent) {
      why = ": " + silent.getMessage();
    }
  }

  /** Returns for how long there has been no answer, or empty while there is one. */
  Optional<String> trouble() {
    Duration silent = Duration.ofNanos(System.nanoTime() - answeredNanos);
    return silent.compareTo(SILENT) < 0
        ? Optional.empty()
        : Optional.of("%s has not answered for %d s%s".formatted(what, silent.toSeconds(), why));
  }

  /** Returns whether it can be said by now: there was an answer, or there was none for too long. */
  boolean isSettled() {
    return answered || trouble().isPresent();
  }

  /** Stops asking. */
  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
  }
}
