package io.quantumtrader.app.metrics;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.parts.RunningParts;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a command shows its metrics; a mixin of every command that runs for long. */
public final class MetricsOptions {

  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "${env:QUANTUM_METRICS_PORT}",
      description =
          "Serve /metrics (Prometheus) and /health on this port; 0 picks a free port and prints"
              + " it. Default: $QUANTUM_METRICS_PORT, else none.")
  Integer port;

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      defaultValue = "${env:QUANTUM_METRICS_HOST:-127.0.0.1}",
      description =
          "Address it listens on; in a container 0.0.0.0. Default: $QUANTUM_METRICS_HOST, else"
              + " 127.0.0.1.")
  String host;

  /**
   * Opens the endpoint if one was requested, and reports its address.
   *
   * @throws io.quantumtrader.app.cli.CommandFailure if it cannot listen there
   */
  public Optional<Monitoring> open(Screen screen, RunningParts parts) {
    return address()
        .map(
            asked -> {
              Monitoring opened = parts.add("metrics", Monitoring.open(asked));
              screen.line("  metrics    http://" + host + ":" + opened.port() + "/metrics");
              return opened;
            });
  }

  /**
   * Returns the requested address, or empty if none was requested.
   *
   * @throws CommandFailure if the port does not exist
   */
  public Optional<InetSocketAddress> address() {
    if (port != null && (port < 0 || port > HIGHEST_PORT)) {
      throw new CommandFailure(
          2, "--metrics-port " + port + " does not exist; give 0 to " + HIGHEST_PORT, null);
    }
    return Optional.ofNullable(port).map(given -> new InetSocketAddress(host, given));
  }
}
