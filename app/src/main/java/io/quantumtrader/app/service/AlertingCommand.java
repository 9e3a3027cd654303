package io.quantumtrader.app.service;

import io.quantumtrader.app.alerting.AlertReceivers;
import io.quantumtrader.app.alerting.AlertmanagerConfig;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Directories;
import io.quantumtrader.app.cli.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes Alertmanager's configuration, and ends. */
@Command(
    name = "alerting",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = {
      "Write Alertmanager's configuration: to whom alerts and the daily summary go. The environment",
      "says it, as secrets are among it: QUANTUM_ALERT_WEBHOOK_URL for a webhook; for mail",
      "QUANTUM_ALERT_MAIL_TO, _FROM and _SERVER (HOST:PORT), and _USER and _PASSWORD where the server",
      "asks for them; QUANTUM_ALERT_TELEGRAM_TOKEN and _CHAT for Telegram. None set: alerts are seen",
      "in Alertmanager only. QUANTUM_ALERT_RUNBOOK_URL is where docs/ of the project can be read.",
      "Only the user that writes the files can read them."
    },
    footer = {
      "",
      "Example:",
      "  QUANTUM_ALERT_WEBHOOK_URL=https://example.org/hook \\",
      "      ./quantum service alerting --alerting-dir /run/quantum-alerting"
    })
final class AlertingCommand implements Callable<Integer> {

  @Option(
      names = "--alerting-dir",
      paramLabel = "DIR",
      required = true,
      description = "Directory of alertmanager.yml and messages.tmpl; it is made where missing.")
  private Path directory;

  private final Map<String, String> environment;

  /** Creates it for the environment of this process; picocli does. */
  AlertingCommand() {
    this(System.getenv());
  }

  AlertingCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    AlertReceivers receivers = AlertReceivers.of(environment);
    Directories.requireWritable("--alerting-dir", directory);
    try {
      AlertmanagerConfig.of(receivers).write(directory);
    } catch (IOException e) {
      throw new CommandFailure(
          "Alertmanager's configuration cannot be written to %s: %s"
              .formatted(directory, Directories.reason(e)),
          e);
    }
    List<String> on = receivers.on();
    Screen.ofProcess()
        .line(
            "Alertmanager's configuration is in %s. Alerts go to: %s."
                .formatted(directory, on.isEmpty() ? "nobody" : String.join(", ", on)));
    return 0;
  }
}
