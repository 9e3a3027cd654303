package io.quantumtrader.replay.sweep;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.replay.compare.DecisionBook;
import io.quantumtrader.replay.compare.DecisionChanges;
import io.quantumtrader.replay.compare.Variant;
import io.quantumtrader.replay.compare.VariantRunner;
import io.quantumtrader.replay.compare.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a history again without what comes after each of several points: what was decided up to
 * there must not change. Where it does, something has looked ahead.
 */
public final class LookaheadCheck {

  /**
   * What a cut showed.
   *
   * @param cutMs last step of the clock that was played, epoch milliseconds UTC
   * @param changes decisions up to there that differ from those of the whole run
   */
  public record Cut(long cutMs, DecisionChanges changes) {}

  private LookaheadCheck() {}

  /**
   * Runs a history whole, and once more up to each of several points.
   *
   * @param runner a runner that keeps decisions
   * @param cuts how many points, evenly apart, 1 or more
   */
  public static List<Cut> of(
      VariantRunner runner,
      CandleFile candles,
      Variant variant,
      int cuts,
      VariantRunner.Progress progress)
      throws InterruptedException {
    long first = candles.firstCloseTimeMs();
    long span = candles.lastCloseTimeMs() - first;
    List<Cut> found = new ArrayList<>(cuts);
    DecisionBook whole = book(runner, Window.whole(candles), variant, 0, progress);
    for (int i = 1; i <= cuts; i++) {
      Window part = Window.until(candles, first + span * i / (cuts + 1));
      long cutMs = part.lastCloseTimeMs();
      DecisionBook cut = book(runner, part, variant, i, progress);
      found.add(
          new Cut(
              cutMs,
              DecisionChanges.between(
                  whole.at(atMs -> atMs <= cutMs), cut.at(atMs -> atMs <= cutMs))));
    }
    return found;
  }

  private static DecisionBook book(
      VariantRunner runner,
      Window window,
      Variant variant,
      int number,
      VariantRunner.Progress progress)
      throws InterruptedException {
    return runner
        .run(window, List.of(variant), (one, share) -> progress.at(number, share))
        .getFirst()
        .decisions();
  }
}
