package io.quantumtrader.replay.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.replay.compare.Runs;
import io.quantumtrader.replay.compare.StateRun;
import io.quantumtrader.replay.compare.Variant;
import io.quantumtrader.replay.compare.VariantRun;
import io.quantumtrader.replay.run.Candles;
import java.nio.file.Path;
import java.util.List;
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

    List<VariantRun> runs = Runs.runner().run(candles, variants, (variant, share) -> {});
    SweepResult result = SweepResult.of(SelectionRule.PROFIT, runs);

    assertThat(result.trials())
        .extracting(SweepResult.Trial::score)
        .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    assertThat(result.best().score()).isEqualTo(result.best().run().results().equityChange());
    assertThat(result.luck().probability()).isBetween(0.0, 1.0);
  }

  @Test
  void shouldCutAHistoryIntoWindowsThatBeginWarm() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 1_000);

    List<WalkForward> windows = WalkForward.of(candles, 3);

    assertThat(windows).hasSize(3);
    for (int i = 0; i < 3; i++) {
      CandleFile searched = windows.get(i).searched();
      CandleFile tried = windows.get(i).tried();
      assertThat(tried.lastCloseTimeMs()).isGreaterThan(searched.lastCloseTimeMs());
      assertThat(tried.firstCloseTimeMs())
          .isEqualTo(
              Math.max(
                  candles.firstCloseTimeMs(),
                  searched.lastCloseTimeMs() - (WalkForward.LEAD - 1) * Candles.MINUTE));
    }
    assertThat(windows.getLast().tried().lastCloseTimeMs()).isEqualTo(candles.lastCloseTimeMs());
  }
}
