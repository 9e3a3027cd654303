package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds how connectors and their tasks are, and starts again what has failed:
 * Connect leaves a task that failed once as it is, and Redis is not served until somebody comes.
 * Between two attempts it waits twice as long as before, up to ten minutes.
 */
public final class ConnectorWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectorWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** A connector that ran this long is well again: the next failure is a first one. */
  private static final Duration WELL_AFTER = Duration.ofMinutes(10);

  /**
   * How a connector is.
   *
   * @param running whether it and every task of it run
   * @param failed whether it or a task of it has failed
   * @param words for people, where it does not run
   */
  public record View(boolean running, boolean failed, String words) {}

  /** Where connectors are looked at. */
  public interface Connectors {
    /** Returns a connector's state; never throws, even if it is missing or cannot be queried. */
    View view(String name) throws InterruptedException;

    /** Restarts a connector's failed parts; returns false if that cannot be requested. */
    boolean restart(String name) throws InterruptedException;
  }

  /** Decides when a failed connector is restarted. Times are passed in, milliseconds. */
  static final class Attempts {
    private int made;
    private long lastMs;
    private long wellSinceMs = -1;

    /** Records one check; returns whether to restart it now. */
    boolean isDue(boolean failed, long nowMs) {
      if (!failed) {
        wellSinceMs = wellSinceMs < 0 ? nowMs : wellSinceMs;
        if (nowMs - wellSinceMs >= WELL_AFTER.toMillis()) {
          made = 0;
        }
        return false;
      }
      wellSinceMs = -1;
      if (made > 0 && nowMs - lastMs < waitMs()) {
        return false;
      }
      made++;
      lastMs = nowMs;
      return true;
    }

    private long waitMs() {
      return Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(made - 1, 20));
    }

    int made() {
      return made;
    }
  }

  private final Connectors connectors;
  private final Map<String, View> views = new ConcurrentHashMap<>();
  private final Map<String, Attempts> attempts = new LinkedHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("quantum-connector-watch").unstarted(this::run);

  ConnectorWatch(Connectors connectors, List<String> names) {
    this.connectors = connectors;
    names.forEach(name -> attempts.put(name, new Attempts()));
  }

  /** Shows whether each runs. */
  void show(MeterRegistry registry) {
    attempts
        .keySet()
        .forEach(
            name ->
                Metric.CONNECTOR_RUNNING.gauge(
                    registry, views, seen -> running(seen.get(name)), name));
  }

  private static double running(View view) {
    return view == null ? Double.NaN : view.running() ? 1 : 0;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        for (String name : attempts.keySet()) {
          look(name, Monitoring.monotonicMs());
        }
      } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(String name, long nowMs) throws InterruptedException {
    try {
      View view = connectors.view(name);
      views.put(name, view);
      if (attempts.get(name).isDue(view.failed(), nowMs)) {
        boolean asked = connectors.restart(name);
        LOG.warn("{} {}: {}", name, asked ? "is being restarted" : "has failed", view.words());
      }
    } catch (RuntimeException unexpected) {
      views.put(name, new View(false, false, "its status cannot be read: " + unexpected));
    }
  }

  /** Returns which connector is not running and why, or empty if all are. */
  Optional<String> trouble() {
    StringBuilder words = new StringBuilder();
    for (String name : attempts.keySet()) {
      View view = views.get(name);
      if (view != null && !view.running()) {
        words.append(words.isEmpty() ? "" : "; ").append(name).append(": ").append(view.words());
        int made = attempts.get(name).made();
        words.append(made == 0 ? "" : ", restarted " + made + " times");
      }
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(words.toString());
  }

  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
  }
}
