package io.quantumtrader.market;

import io.quantumtrader.schemas.serde.RegistryPatience;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How a feed waits for broker and registry: without end, and it says so in one line when it begins
 * and in one when it is over. For one feed, whose thread calls {@link #during}.
 */
final class FeedPatience implements AutoCloseable {

  /** A step takes some milliseconds; a broker that elects takes a second or two. */
  static final Duration QUIET = Duration.ofSeconds(5);

  private static final Duration NO_END = Duration.ofDays(36_500);
  private static final long LOOK_EVERY_MS = 500;
  private static final long NANOS = 1_000_000_000L;

  private final Consumer<String> report;
  private final long quietNanos;
  private final RegistryPatience registry = new RegistryPatience(NO_END);
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("quantum-feed-watch").factory());
  private long sinceNanos;
  private boolean working;
  private boolean reported;
  private long reportedNanos;

  /**
   * Creates it.
   *
   * @param report takes a line for people
   * @param quiet how long nothing is said
   */
  FeedPatience(Consumer<String> report, Duration quiet) {
    this.report = report;
    this.quietNanos = quiet.toNanos();
    var unused =
        watch.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** Returns how values wait for the registry. */
  RegistryPatience registry() {
    return registry;
  }

  /** Does what may have to wait for the broker. */
  void during(Runnable work) {
    begin();
    try {
      work.run();
    } finally {
      leave();
    }
  }

  private synchronized void begin() {
    sinceNanos = System.nanoTime();
    working = true;
  }

  private synchronized void leave() {
    working = false;
    look();
  }

  private synchronized void look() {
    Optional<Duration> waits = waitsFor();
    long now = System.nanoTime();
    if (waits.isPresent() && !reported) {
      reported = true;
      reportedNanos = now - waits.get().toNanos();
      report.accept("the feed is waiting: " + what() + "; the clock stands still until then");
    } else if (waits.isEmpty() && reported) {
      reported = false;
      report.accept("the feed continues after " + (now - reportedNanos) / NANOS + " s");
    }
  }

  /** Returns for how long it has waited, where that is longer than usual. */
  private Optional<Duration> waitsFor() {
    return (working
            ? Optional.of(Duration.ofNanos(System.nanoTime() - sinceNanos))
            : registry.waitingFor())
        .filter(waited -> waited.toNanos() >= quietNanos);
  }

  private String what() {
    return working
        ? "the broker does not accept its records"
        : "the schema registry does not answer";
  }

  /** Returns what the feed waits for, where it has waited for longer than usual. */
  synchronized Optional<String> trouble() {
    return waitsFor().map(waited -> what() + ", for " + waited.toSeconds() + " s");
  }

  @Override
  public void close() {
    registry.stop();
    watch.shutdownNow();
  }
}
