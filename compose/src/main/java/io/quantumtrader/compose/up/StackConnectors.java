package io.quantumtrader.compose.up;

import io.quantumtrader.app.metrics.ConnectorWatch;
import io.quantumtrader.compose.ConnectorStatus;
import io.quantumtrader.compose.EmbeddedConnect;
import io.quantumtrader.compose.StackException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The connectors of the embedded stack, to be watched. */
final class StackConnectors implements ConnectorWatch.Connectors {

  /** What passes sooner is no trouble to tell of. */
  private static final long SHORT_MS = 5_000;

  private final EmbeddedConnect connect;

  StackConnectors(EmbeddedConnect connect) {
    this.connect = connect;
  }

  @Override
  public ConnectorWatch.View view(String name) {
    try {
      Optional<ConnectorStatus> status = connect.status(name);
      if (status.isEmpty()) {
        return new ConnectorWatch.View(false, false, "it does not exist");
      }
      return view(name, status.get());
    } catch (StackException closed) {
      return new ConnectorWatch.View(false, false, closed.getMessage());
    }
  }

  private static ConnectorWatch.View view(String name, ConnectorStatus status) {
    Optional<String> failure = status.failure().map(trace -> trace.lines().findFirst().orElse(""));
    if (failure.isPresent()) {
      return new ConnectorWatch.View(false, true, "it has failed: " + failure.get());
    }
    Optional<String> waits = waits(name);
    return new ConnectorWatch.View(
        status.isRunning() && waits.isEmpty(), false, waits.orElse("state " + status.state()));
  }

  /** Connect calls a task that waits for its server running. */
  private static Optional<String> waits(String name) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName tasks =
          new ObjectName(
              "io.quantumtrader.connectors.redis:connector=" + ObjectName.quote(name) + ",*");
      for (ObjectName task : server.queryNames(tasks, null)) {
        long waitingMs = (Long) server.getAttribute(task, "WaitingMs");
        if (waitingMs > SHORT_MS) {
          return Optional.of(
              "it has waited for %d s: %s"
                  .formatted(waitingMs / 1000, server.getAttribute(task, "WaitingFor")));
        }
      }
      return Optional.empty();
    } catch (JMException ended) {
      // A task that ends takes its numbers away while they are read.
      return Optional.empty();
    }
  }

  /** From the settings that the run gave it: what has changed on the server since counts. */
  @Override
  public boolean restart(String name) {
    try {
      connect.restartFailed(name);
      return true;
    } catch (StackException refused) {
      return false;
    }
  }
}
