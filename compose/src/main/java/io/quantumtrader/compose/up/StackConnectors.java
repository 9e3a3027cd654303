package io.quantumtrader.compose.up;

import io.quantumtrader.app.metrics.ConnectorWatch;
import io.quantumtrader.compose.ConnectorStatus;
import io.quantumtrader.compose.EmbeddedConnect;
import io.quantumtrader.compose.StackException;
import java.util.Optional;

/** The connectors of the embedded stack, to be watched. */
final class StackConnectors implements ConnectorWatch.Connectors {

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
      Optional<String> failure =
          status.get().failure().map(trace -> trace.lines().findFirst().orElse(""));
      return new ConnectorWatch.View(
          status.get().isRunning(),
          failure.isPresent(),
          failure.map(why -> "it has failed: " + why).orElse("state " + status.get().state()));
    } catch (StackException closed) {
      return new ConnectorWatch.View(false, false, closed.getMessage());
    }
  }

  /** The embedded worker is in this process and has no way to do it; a run is started again. */
  @Override
  public boolean restart(String name) {
    return false;
  }
}
