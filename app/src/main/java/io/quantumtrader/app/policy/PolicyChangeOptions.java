package io.quantumtrader.app.policy;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a change of the policy is to be made, whatever it changes. */
final class PolicyChangeOptions {

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Reason, recorded with the change.")
  private String reason;

  @Option(
      names = "--expect-version",
      paramLabel = "N",
      description =
          "Refuse unless the current record has this version; 0: unless there is no record.")
  private Long expected;

  @Option(
      names = "--even-if-exceeded",
      description =
          "Write it although an account is beyond a new limit already. Without it that is refused"
              + " with exit code 2.")
  private boolean evenIfExceeded;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long to wait for a decision under it; 0: do not wait. Default:"
              + " ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Refuses a reason that says nothing, before anything is asked of a pipeline.
   *
   * @throws ParameterException if it is blank
   */
  void requireReason() {
    if (reason.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--reason must not be empty; it is recorded with the change");
    }
  }

  /** Returns the reason. */
  String reason() {
    return reason.strip();
  }

  /** Returns the version that somebody looked at; 0: no record; null: whatever it is. */
  Long expected() {
    return expected;
  }

  /** Returns whether a change that puts an account beyond a limit is meant. */
  boolean evenIfExceeded() {
    return evenIfExceeded;
  }

  /** Returns how long to wait for a decision under it; 0: not at all. */
  int waitSeconds() {
    return waitSeconds;
  }
}
