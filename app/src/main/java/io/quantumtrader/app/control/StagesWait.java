package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Whether, and how long, a command waits until the stages have taken what it wrote. */
final class StagesWait {

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long to wait until the stages have taken it; exit code 1 if they have not."
              + " Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(
      names = "--no-wait",
      description = "Write it, and do not wait until the stages have taken it.")
  private boolean noWait;

  /** Refuses a time that is none. */
  void check(Operator operator) {
    if (waitSeconds < 1) {
      throw operator.usage("--wait must be 1 or more; --no-wait does not wait");
    }
  }

  /**
   * Waits, unless told not to.
   *
   * @param what what was written, for a sentence
   * @throws CommandFailure if the stages do not take it in time
   */
  void await(String what, StagesTaken taken, ControlTopic.Written written, Operator operator)
      throws InterruptedException {
    if (noWait) {
      return;
    }
    if (!Readers.ofStages(operator.pipeline().kafka())) {
      throw new CommandFailure(
          what
              + " is written, but no stages run there to take it; it applies as soon as they do"
              + " (--no-wait does not ask)");
    }
    long began = System.nanoTime();
    if (!taken.await(written, Duration.ofSeconds(waitSeconds))) {
      throw new CommandFailure(
          "%s is written, but %s within %d s; it applies as soon as the stages take it"
              .formatted(what, taken.whatIsMissing(), waitSeconds));
    }
    operator.talk(
        String.format(
            Locale.ROOT,
            "The stages took it after %.1f s; it applies from the next decision on.",
            (System.nanoTime() - began) / 1e9));
  }
}
