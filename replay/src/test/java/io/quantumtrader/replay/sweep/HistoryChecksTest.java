package io.quantumtrader.replay.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.compare.Runs;
import io.quantumtrader.replay.compare.StateRun;
import io.quantumtrader.replay.compare.Variant;
import io.quantumtrader.replay.compare.VariantRunner;
import io.quantumtrader.replay.compare.Window;
import io.quantumtrader.replay.report.HistoryCheckText;
import io.quantumtrader.replay.run.Candles;
import io.quantumtrader.replay.run.TwoAccounts;
import io.quantumtrader.topology.MarketKernel;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over the generated market, with the agent. */
final class HistoryChecksTest {

  @TempDir private Path directory;

  @Test
  void shouldDecideTheSameWithoutTheFuture() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 400);

    List<LookaheadCheck.Cut> cuts =
        LookaheadCheck.of(Runs.runner(), candles, Runs.base(), 2, (cut, share) -> {});

    assertThat(cuts).hasSize(2);
    assertThat(cuts).allMatch(cut -> cut.changes().count() == 0);
    assertThat(cuts.getLast().changes().compared()).isPositive();
  }

  /** In a cut, intents of later times must not all go out in its last step. */
  @Test
  void shouldTakeIntentsOfLaterTimesForPartOfTheFuture() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, TwoAccounts.MINUTES);
    VariantRunner runner =
        new VariantRunner(
            TwoAccounts.setup(List.of()).withAgent(Optional.empty()),
            TwoAccounts::intents,
            true,
            1);

    List<LookaheadCheck.Cut> cuts =
        LookaheadCheck.of(runner, candles, Runs.base(), 16, (cut, share) -> {});

    assertThat(cuts).allMatch(cut -> cut.changes().count() == 0);
    assertThat(cuts.getLast().changes().compared())
        .isGreaterThan(cuts.getFirst().changes().compared() + 10);
  }

  /** A kernel that remembers what came later in the run before, and decides by it. */
  @Test
  void shouldFindWhatLooksAhead() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 400);
    AtomicBoolean knows = new AtomicBoolean();
    MarketKernel seer =
        closes ->
            MarketStateKernel.compute(knows.get() ? reversed(closes) : closes, new KernelScratch());
    VariantRunner runner =
        new VariantRunner(Runs.setup().withKernel(seer), IntentQueue::empty, true, 1);

    List<LookaheadCheck.Cut> cuts =
        LookaheadCheck.of(runner, candles, Runs.base(), 3, (run, share) -> knows.set(run > 0));

    assertThat(cuts.getLast().changes().count()).isPositive();
    assertThat(String.join(" ", HistoryCheckText.lookahead(cuts))).contains("by the whole run: ");
  }

  private static double[] reversed(double[] closes) {
    double[] reversed = new double[closes.length];
    for (int i = 0; i < closes.length; i++) {
      reversed[i] = closes[closes.length - 1 - i];
    }
    return reversed;
  }

  /** Later by 60 of 700 minutes: 340 are warm in both. */
  @Test
  void shouldComeToTheSameStatesFromALaterBeginning() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 700);
    CandleFile later =
        candles.between(Candles.BEGIN_MS + 61 * Candles.MINUTE, candles.lastCloseTimeMs());

    WarmupCheck check =
        WarmupCheck.of(
            StateRun.of(Runs.setup(), candles, share -> {}),
            StateRun.of(Runs.setup(), later, share -> {}));

    assertThat(check.agrees()).as(check.figures().toString()).isTrue();
    assertThat(check.compared()).isGreaterThan(1_000);
  }

  @Test
  void shouldRankTrialsByTheRuleAndTellLuck() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 400);
    List<Variant> variants =
        List.of(Runs.base(), Runs.variant("maxPositions=1"), Runs.variant("maxPositions=2"));

    List<Trial> runs =
        Runs.runner()
            .run(
                Window.whole(candles),
                variants,
                (variant, share) -> {},
                run -> Trial.of(SelectionRule.PROFIT, run));
    SweepResult result = SweepResult.of(SelectionRule.PROFIT, runs);

    assertThat(result.trials())
        .extracting(Trial::score)
        .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    assertThat(result.best().score()).isEqualTo(result.best().totals().equityChange());
    assertThat(result.luck().probability()).isBetween(0.0, 1.0);
  }

  @Test
  void shouldCutAHistoryIntoWindowsThatBeginWarm() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 1_000);

    List<WalkForward> windows = WalkForward.of(candles, 3);

    assertThat(windows).hasSize(3);
    for (int i = 0; i < 3; i++) {
      Window searched = windows.get(i).searched();
      Window tried = windows.get(i).tried();
      assertThat(tried.firstCloseTimeMs()).isEqualTo(searched.lastCloseTimeMs() + Candles.MINUTE);
      assertThat(tried.lastCloseTimeMs()).isGreaterThan(searched.lastCloseTimeMs());
      assertThat(tried.candles().firstCloseTimeMs())
          .isEqualTo(
              Math.max(
                  candles.firstCloseTimeMs(),
                  tried.firstCloseTimeMs() - WalkForward.LEAD * Candles.MINUTE));
      if (i > 0) {
        assertThat(searched.firstCloseTimeMs())
            .isEqualTo(windows.get(i - 1).tried().firstCloseTimeMs());
      }
    }
    assertThat(windows.getLast().tried().lastCloseTimeMs()).isEqualTo(candles.lastCloseTimeMs());
  }
}
