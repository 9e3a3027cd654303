package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.replay.sweep.SelectionRule;
import io.quantumtrader.replay.sweep.SweepGrid;
import io.quantumtrader.replay.sweep.SweepRange;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Which thresholds are searched over, and by what the best is chosen. */
final class SweepOptions {

  private static final int USAGE = 2;

  @Option(
      names = "--sweep",
      paramLabel = "KEY=FROM..TO/STEP",
      description =
          "Run the history under every value of a threshold, for example"
              + " killThreshold=0.5..0.9/0.05; where it is given more than once, under every"
              + " combination.")
  private List<String> ranges = List.of();

  @Option(
      names = "--random",
      paramLabel = "N",
      description = "Run N combinations of --sweep, drawn at random, instead of all.")
  private Integer random;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of --random: the same seed draws the same combinations. Default: 1.")
  private long seed;

  @Option(
      names = "--select",
      paramLabel = "RULE",
      defaultValue = "expectancy",
      description =
          "How the best of a sweep is chosen: expectancy, profit or sharpe. Default: expectancy.")
  private SelectionRule select;

  @Option(
      names = "--walk-forward",
      paramLabel = "N",
      description =
          "Cut the history into N + 1 windows: search each but the last, and try its best on the"
              + " window after it.")
  private Integer walkForward;

  boolean wanted() {
    return !ranges.isEmpty() || random != null || walkForward != null;
  }

  SelectionRule select() {
    return select;
  }

  OptionalInt walkForward() {
    return walkForward == null ? OptionalInt.empty() : OptionalInt.of(walkForward);
  }

  /**
   * Returns the combinations to run, each as {@code KEY=VALUE} with commas between.
   *
   * @throws CommandFailure where the options cannot be used
   */
  List<String> combinations() {
    if (ranges.isEmpty() && (random != null || walkForward != null)) {
      throw new CommandFailure(USAGE, "--random and --walk-forward need --sweep", null);
    }
    if (random != null && (random < 1 || random > SweepGrid.MOST)) {
      throw new CommandFailure(
          USAGE, "--random must be 1 to %d: %d".formatted(SweepGrid.MOST, random), null);
    }
    if (walkForward != null && walkForward < 1) {
      throw new CommandFailure(USAGE, "--walk-forward must be 1 or more: " + walkForward, null);
    }
    if (ranges.isEmpty()) {
      return List.of();
    }
    try {
      SweepGrid grid = new SweepGrid(ranges.stream().map(SweepRange::parse).toList());
      List<List<String>> taken = random == null ? grid.all() : grid.some(random, seed);
      return taken.stream().map(each -> String.join(",", each)).toList();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CommandFailure(USAGE, "--sweep cannot be used: " + e.getMessage(), e);
    }
  }
}
