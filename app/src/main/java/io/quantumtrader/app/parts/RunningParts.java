package io.quantumtrader.app.parts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, in order; closed in reverse order, each part whatever became of the others. */
public final class RunningParts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningParts.class);

  private record Started(String name, AutoCloseable part) {}

  private final Deque<Started> parts = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();

  /** Remembers a started part and returns it. */
  public synchronized <T extends AutoCloseable> T add(String name, T part) {
    parts.push(new Started(name, part));
    return part;
  }

  /** Closes every part once; a second call does nothing. */
  @Override
  public void close() {
    close(name -> {});
  }

  /**
   * Closes every part once; a second call does nothing.
   *
   * @param report takes the name of each before it is closed
   */
  public synchronized void close(Consumer<String> report) {
    while (!parts.isEmpty()) {
      Started last = parts.pop();
      report.accept(last.name());
      try {
        last.part().close();
      } catch (Exception e) {
        // The others must still be stopped; what is left behind is said at the end.
        LOG.warn("{} did not stop cleanly", last.name(), e);
        failures.add(last.name() + ": " + e.getMessage());
      }
    }
  }

  /** Returns what did not stop cleanly, a line each. */
  public synchronized List<String> failures() {
    return List.copyOf(failures);
  }
}
