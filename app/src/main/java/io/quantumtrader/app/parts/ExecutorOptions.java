package io.quantumtrader.app.parts;

import io.quantumtrader.execution.decision.ExecutorMode;
import picocli.CommandLine.Option;

/** How far the executor goes by itself, as given on a command line. */
public final class ExecutorOptions {

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "trade",
      description = {
        "observe: report what the exchange has, send no order. approve: close by itself, ask",
        "before each entry (./quantum approvals). trade: send what has a permit. Default: trade."
      })
  private ExecutorMode mode;

  @Option(
      names = "--leave-unprotected",
      description =
          "Leave a position open whose stop the exchange refuses; it is closed otherwise.")
  private boolean leaveUnprotected;

  /** Creates them; picocli sets what is given. */
  public ExecutorOptions() {}

  /** Returns how far it goes by itself. */
  public ExecutorMode mode() {
    return mode;
  }

  /** Returns whether a position whose stop the exchange refuses is closed. */
  public boolean closesUnprotected() {
    return !leaveUnprotected;
  }
}
