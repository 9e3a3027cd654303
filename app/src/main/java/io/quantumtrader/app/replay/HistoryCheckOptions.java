package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Checks whether a history decides the same when only a part of it is run. */
final class HistoryCheckOptions {

  @Option(
      names = "--lookahead-check",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "5",
      description =
          "Run the history again up to each of N points, 5 by default: what was decided by then"
              + " must be the same as in the whole run. Exit code 1 where it is not.")
  private Integer lookahead;

  @Option(
      names = "--warmup-check",
      description =
          "Run the history again without its first third: market states must agree once they are"
              + " warm. Exit code 1 where they do not.")
  private boolean warmup;

  boolean wanted() {
    return lookahead != null || warmup;
  }

  boolean warmup() {
    return warmup;
  }

  /**
   * Returns up to how many points the history is run again; empty for none.
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
