package io.quantumtrader.topology.failure;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies: its transaction is rolled back, and another takes its
 * place, goes back to the last commit and tries again. Causes that pass by themselves are waited
 * out without end; one that comes again and again without progress ends the stages, with a reason
 * that names it. Production and tests take the same. May be used by several threads.
 */
public final class ThreadDeaths implements StreamsUncaughtExceptionHandler {

  /** How long after a death the stages are still called unwell. */
  private static final Duration UNWELL = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(ThreadDeaths.class);

  private final FailedRecords records;
  private final DeathWindow window = new DeathWindow();
  private final Map<DeathKind, AtomicLong> counts = new EnumMap<>(DeathKind.class);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private String end;
  private int replacing;

  /**
   * Creates it.
   *
   * @param records where handlers of errors note the record that they let a task fail at
   */
  public ThreadDeaths(FailedRecords records) {
    this.records = records;
    for (DeathKind kind : DeathKind.values()) {
      counts.put(kind, new AtomicLong());
    }
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable thrown) {
    Death death = DeathCauses.of(thrown, records);
    counts.get(death.kind()).incrementAndGet();
    switch (verdict(death)) {
      case DeathWindow.End end -> {
        LOG.error("{}", end.reason(), thrown);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
      case DeathWindow.Replace replace -> {
        LOG.error(
            "a stream thread died of {}; it will be replaced in {} ms",
            death,
            replace.pauseMs(),
            thrown);
        pause(replace.pauseMs());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
    }
  }

  private synchronized DeathWindow.Verdict verdict(Death death) {
    DeathWindow.Verdict verdict = window.add(death, nowMs());
    if (verdict instanceof DeathWindow.End given && end == null) {
      end = given.reason();
    }
    return verdict;
  }

  /** On the thread that dies, which keeps its tasks meanwhile: the others are not disturbed. */
  private void pause(long pauseMs) {
    count(1);
    try {
      boolean unused = stopped.await(pauseMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      count(-1);
    }
  }

  private synchronized void count(int more) {
    replacing += more;
  }

  /** Returns why the stages were ended by this, or empty. */
  public synchronized Optional<String> end() {
    return Optional.ofNullable(end);
  }

  /**
   * Returns why the stages are unwell: a thread is dead, or died within the last minute; empty
   * where none did.
   */
  public synchronized Optional<String> trouble() {
    if (end != null) {
      return Optional.of(end);
    }
    long now = nowMs();
    boolean recent = window.sinceLastMs(now).filter(ms -> ms < UNWELL.toMillis()).isPresent();
    if (!recent && replacing == 0) {
      return Optional.empty();
    }
    return window
        .last(now)
        .map(
            last ->
                "threads died within %d min: %d, %s; being replaced: %d"
                    .formatted(DeathWindow.WINDOW.toMinutes(), window.count(now), last, replacing));
  }

  /** Returns how many died of this kind of cause since the process started. */
  public long count(DeathKind kind) {
    return counts.get(kind).get();
  }

  /** Ends the pauses: the process ends. */
  public void stop() {
    stopped.countDown();
  }

  private static long nowMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
