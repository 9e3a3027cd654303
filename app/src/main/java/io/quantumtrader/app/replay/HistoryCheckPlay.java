package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.replay.compare.StateRun;
import io.quantumtrader.replay.compare.Variant;
import io.quantumtrader.replay.compare.VariantRunner;
import io.quantumtrader.replay.report.HistoryCheckText;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.sweep.LookaheadCheck;
import io.quantumtrader.replay.sweep.WarmupCheck;
import java.io.PrintWriter;
import java.util.List;

/** Runs the checks of a history, and prints what they found. */
final class HistoryCheckPlay {

  private final CandleFile candles;
  private final Screen screen;
  private final PrintWriter out;

  HistoryCheckPlay(CandleFile candles, Screen screen, PrintWriter out) {
    this.candles = candles;
    this.screen = screen;
    this.out = out;
  }

  /** Returns whether runs up to several points decide what the whole run decides. */
  boolean lookahead(VariantRunner runner, Variant variant, int cuts) throws InterruptedException {
    VariantProgress progress = new VariantProgress(screen, cuts + 1);
    List<LookaheadCheck.Cut> found = LookaheadCheck.of(runner, candles, variant, cuts, progress);
    screen.clear();
    HistoryCheckText.lookahead(found).forEach(out::println);
    out.flush();
    return found.stream().allMatch(cut -> cut.changes().count() == 0);
  }

  /** Returns whether market states are the same from a later beginning. */
  boolean warmup(PipelineSetup setup) throws InterruptedException {
    long span = candles.lastCloseTimeMs() - candles.firstCloseTimeMs();
    CandleFile later =
        candles.between(candles.firstCloseTimeMs() + span / 3, candles.lastCloseTimeMs());
    VariantProgress progress = new VariantProgress(screen, 2);
    WarmupCheck check =
        WarmupCheck.of(
            StateRun.of(setup, candles, share -> progress.at(0, share)),
            StateRun.of(setup, later, share -> progress.at(1, share)));
    screen.clear();
    if (check.compared() == 0) {
      throw new CommandFailure(
          "the history is too short for --warmup-check: no market state is warm in its later two"
              + " thirds");
    }
    HistoryCheckText.warmup(check).forEach(out::println);
    out.flush();
    return check.agrees();
  }
}
