package io.quantumtrader.app.control;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether, and how long, a command waits for what comes of an order. */
final class OrderWait {

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long to wait until it is carried out; exit code 1 if it is not."
              + " Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(
      names = "--no-wait",
      description = "Give the order, and do not wait for what comes of it.")
  private boolean noWait;

  /** Refuses a time that is none. */
  void check(Operator operator) {
    if (waitSeconds < 1) {
      throw operator.usage("--wait must be 1 or more; --no-wait does not wait");
    }
  }

  /** Returns whether nothing is waited for. */
  boolean isOff() {
    return noWait;
  }

  Duration patience() {
    return Duration.ofSeconds(waitSeconds);
  }
}
