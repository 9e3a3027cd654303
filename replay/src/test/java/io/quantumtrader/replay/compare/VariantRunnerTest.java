package io.quantumtrader.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.run.Candles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VariantRunnerTest {

  @TempDir private Path directory;

  @Test
  void shouldGiveEachVariantWhatItGivesAloneAndShareTheMarketStates() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 400);
    List<Variant> variants =
        List.of(
            new Variant("base", Runs.policy()),
            new Variant("few", Runs.policy("maxPositions=1")),
            new Variant("jumpy", Runs.policy("candleMaxJump=0.0005")));
    StateMemo memo = new StateMemo();
    List<Integer> heard = Collections.synchronizedList(new ArrayList<>());

    List<VariantRun> together =
        new VariantRunner(Runs.setup().withKernel(memo), IntentQueue::empty, true, 2)
            .run(Window.whole(candles), variants, (variant, share) -> heard.add(variant));

    assertThat(heard).contains(0, 1, 2);
    for (int i = 0; i < variants.size(); i++) {
      StateMemo own = new StateMemo();
      VariantRun alone =
          new VariantRunner(Runs.setup().withKernel(own), IntentQueue::empty, true, 1)
              .run(Window.whole(candles), List.of(variants.get(i)), (variant, share) -> {})
              .getFirst();
      assertThat(together.get(i).hash()).isEqualTo(alone.hash());
      assertThat(together.get(i).results()).isEqualTo(alone.results());
      assertThat(DecisionChanges.between(alone.decisions(), together.get(i).decisions()).count())
          .isZero();
      if (i == 0) {
        assertThat(memo.computed()).isGreaterThan(own.computed());
      }
    }
    assertThat(together.get(0).results().opened()).isPositive();
    assertThat(together.get(0).results().curve().points()).isNotEmpty();
    assertThat(together.get(1).hash()).isNotEqualTo(together.get(0).hash());
  }

  @Test
  void shouldAskTheKernelOnceWhereOnlyOtherThresholdsDiffer() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 280);
    StateMemo one = new StateMemo();
    StateMemo several = new StateMemo();

    run(candles, one, List.of(new Variant("base", Runs.policy())));
    run(
        candles,
        several,
        List.of(
            new Variant("base", Runs.policy()), new Variant("few", Runs.policy("maxPositions=1"))));

    assertThat(several.computed()).isEqualTo(one.computed()).isPositive();
  }

  private static List<VariantRun> run(CandleFile candles, StateMemo memo, List<Variant> variants)
      throws InterruptedException {
    return new VariantRunner(Runs.setup().withKernel(memo), IntentQueue::empty, false, 2)
        .run(Window.whole(candles), variants, (variant, share) -> {});
  }

  /** The agent opens positions from the first list on, at minute 300. */
  @Test
  void shouldNotTradeOnWhatItWarmsUpWith() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 400);
    long fromMs = Candles.BEGIN_MS + 340 * Candles.MINUTE;
    VariantRun whole = run(Window.whole(candles));
    VariantRun warmed = run(Window.warmed(candles, fromMs, Long.MAX_VALUE, 500 * Candles.MINUTE));
    VariantRun cold = run(Window.warmed(candles, fromMs, Long.MAX_VALUE, 0));

    assertThat(whole.decisions().entries().values())
        .anyMatch(entry -> entry.atMs() < fromMs && entry.notes().toString().contains("GRANTED"));
    assertThat(whole.results().curve().points().getFirst().atMs()).isLessThan(fromMs - 60_000);
    assertThat(warmed.decisions().entries().values()).allMatch(entry -> entry.atMs() >= fromMs);
    assertThat(warmed.results().curve().points().getFirst().atMs()).isEqualTo(fromMs - 60_000);
    assertThat(warmed.results().curve().points().getFirst().open()).isZero();
    assertThat(warmed.results().trades()).allMatch(trade -> trade.openedAtMs() >= fromMs);
    assertThat(warmed.results().opened()).isPositive();
    assertThat(cold.results().opened()).isZero();
  }

  private static VariantRun run(Window window) throws InterruptedException {
    return Runs.runner().run(window, List.of(Runs.base()), (variant, share) -> {}).getFirst();
  }

  @Test
  void shouldKeepOfARunNoMoreThanIsWanted() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 10);

    assertThat(
            Runs.runner()
                .run(
                    Window.whole(candles),
                    List.of(Runs.base(), Runs.variant("maxPositions=1")),
                    (variant, share) -> {},
                    run -> run.variant().name()))
        .containsExactly("base", "maxPositions=1");
  }

  @Test
  void shouldFailWhereOneVariantFails() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 10);

    assertThatThrownBy(
            () ->
                new VariantRunner(
                        Runs.setup(),
                        () -> {
                          throw new IllegalStateException("no intents");
                        },
                        false,
                        2)
                    .run(
                        Window.whole(candles),
                        List.of(new Variant("base", Runs.policy())),
                        (v, share) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no intents");
  }
}
