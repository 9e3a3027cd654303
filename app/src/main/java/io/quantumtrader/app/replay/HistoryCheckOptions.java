package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Checks of a history against self-deceit. */
final class HistoryCheckOptions {

  @Option(
      names = "--lookahead-check",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "5",
      description =
          "Take the future away at N points, 5 by default: what was decided before must not change."
              + " Exit code 1 where it does.")
  private Integer lookahead;

  @Option(
      names = "--warmup-check",
      description =
          "Start a third of the history later: market states must agree once it is warm. Exit code"
              + " 1 where they do not.")
  private boolean warmup;

  boolean wanted() {
    return lookahead != null || warmup;
  }

  boolean warmup() {
    return warmup;
  }

  /**
   * Returns at how many points the future is taken away; empty where it is not.
   *
   * @throws CommandFailure where the number cannot be used
   */
  OptionalInt lookahead() {
    if (lookahead != null && lookahead < 1) {
      throw new CommandFailure(2, "--lookahead-check must be 1 or more: " + lookahead, null);
    }
    return lookahead == null ? OptionalInt.empty() : OptionalInt.of(lookahead);
  }
}
