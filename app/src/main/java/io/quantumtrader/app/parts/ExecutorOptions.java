package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.execution.decision.ExecutorMode;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How far the executor goes by itself, as given on a command line. */
public final class ExecutorOptions {

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "trade",
      description = {
        "observe: report what the exchange has, change nothing there: no order is sent, moved or",
        "cancelled. approve: close by itself, ask before each entry (./quantum approvals). trade:",
        "send what has a permit. Default: trade."
      })
  private ExecutorMode mode;

  @Option(
      names = "--leave-unprotected",
      description =
          "Leave a position open whose stop the exchange refuses; it is closed otherwise.")
  private boolean leaveUnprotected;

  @Option(
      names = "--adopt",
      description = {
        "Book a position that the exchange has and the ledger knows nothing of, after a minute; the",
        "stages find risk data for it. It is left alone otherwise, and entries wait there."
      })
  private boolean adopt;

  @Option(
      names = "--dead-man",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = {
        "Have the exchange cancel every open order in symbols with a position, stops and targets",
        "too, when it has heard nothing of the executor for so long, because that is gone, hangs,",
        "or reaches neither broker nor exchange; a silent feed does not count. The positions stay",
        "open and are then without a stop. 0: never. Default: 0."
      })
  private int deadManSeconds;

  /** Creates them; picocli sets what is given. */
  public ExecutorOptions() {}

  /**
   * Returns after how long without the executor the exchange cancels all open orders; zero: never.
   *
   * @throws CommandFailure if it is below 0
   */
  public Duration deadMan() {
    if (deadManSeconds < 0) {
      throw new CommandFailure("--dead-man must be 0 or more seconds, not " + deadManSeconds);
    }
    return Duration.ofSeconds(deadManSeconds);
  }

  /** Returns whether a position that the ledger knows nothing of is booked. */
  public boolean adopts() {
    return adopt;
  }

  /** Returns how far it goes by itself. */
  public ExecutorMode mode() {
    return mode;
  }

  /** Returns whether a position whose stop the exchange refuses is closed. */
  public boolean closesUnprotected() {
    return !leaveUnprotected;
  }
}
