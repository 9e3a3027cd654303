package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Where a run begins and ends, if that is not where its input does. */
final class SplitOptions {

  private static final int USAGE = 2;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "Last step that is played, like 2025-11-19T12:00:00Z, a date, or epoch milliseconds. With"
              + " --to the input ends, too: what is left of the intents goes out.")
  private String until;

  @Option(
      names = "--save",
      paramLabel = "STATE",
      description =
          "Save the state after that step into this directory: empty, or one that does not exist.")
  private Path save;

  @Option(
      names = "--from-state",
      paramLabel = "STATE",
      description =
          "Go on where --save ended, with the same input, paper exchange and agent. It ends in the"
              + " same state as in one run. With candles, --set and --policy change the policy from"
              + " there on.")
  private Path from;

  boolean wanted() {
    return until != null || save != null || from != null;
  }

  OptionalLong untilMs() {
    return until == null
        ? OptionalLong.empty()
        : OptionalLong.of(TimeOption.parse("--until", until));
  }

  Optional<Path> save() {
    return Optional.ofNullable(save);
  }

  Optional<Path> from() {
    return Optional.ofNullable(from);
  }

  /**
   * Refuses what cannot be used before anything runs.
   *
   * @throws CommandFailure where something cannot
   */
  void refuseUnusable() {
    if (save != null && until == null) {
      throw new CommandFailure(USAGE, "--save needs --until, the last step to play", null);
    }
  }
}
