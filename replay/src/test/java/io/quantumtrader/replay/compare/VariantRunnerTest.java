package io.quantumtrader.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.run.Candles;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VariantRunnerTest {

  private static final PartitionCounts COUNTS = new PartitionCounts(2, 2);

  @TempDir private Path directory;

  private static PipelineSetup setup() {
    Control active =
        Control.newBuilder()
            .setAccount(Accounts.ALL)
            .setTradingState(TradingState.ACTIVE)
            .setReason("test")
            .setSetBy("test")
            .setAtMs(Candles.BEGIN_MS)
            .build();
    return new PipelineSetup(
        COUNTS,
        PaperSettings.DEFAULT,
        Optional.of(AgentSettings.DEFAULT),
        Map.of(Policies.DEFAULT, policy()),
        List.of(active),
        Candles.BEGIN_MS);
  }

  private static Policy policy(String... thresholds) {
    return PolicyChange.of(List.of(thresholds)).on(Policies.initial(Candles.BEGIN_MS)).policy();
  }

  @Test
  void shouldGiveEachVariantWhatItGivesAloneAndShareTheMarketStates() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 400);
    List<Variant> variants =
        List.of(
            new Variant("base", policy()),
            new Variant("few", policy("maxPositions=1")),
            new Variant("jumpy", policy("candleMaxJump=0.0005")));
    StateMemo memo = new StateMemo();
    List<Integer> heard = Collections.synchronizedList(new ArrayList<>());

    List<VariantRun> together =
        new VariantRunner(setup().withKernel(memo), IntentQueue::empty, true, 2)
            .run(candles, variants, (variant, share) -> heard.add(variant));

    assertThat(heard).contains(0, 1, 2);
    for (int i = 0; i < variants.size(); i++) {
      StateMemo own = new StateMemo();
      VariantRun alone =
          new VariantRunner(setup().withKernel(own), IntentQueue::empty, true, 1)
              .run(candles, List.of(variants.get(i)), (variant, share) -> {})
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

    run(candles, one, List.of(new Variant("base", policy())));
    run(
        candles,
        several,
        List.of(new Variant("base", policy()), new Variant("few", policy("maxPositions=1"))));

    assertThat(several.computed()).isEqualTo(one.computed()).isPositive();
  }

  private static List<VariantRun> run(CandleFile candles, StateMemo memo, List<Variant> variants)
      throws InterruptedException {
    return new VariantRunner(setup().withKernel(memo), IntentQueue::empty, false, 2)
        .run(candles, variants, (variant, share) -> {});
  }

  @Test
  void shouldFailWhereOneVariantFails() throws Exception {
    CandleFile candles = Candles.generated(directory, 7, 10);

    assertThatThrownBy(
            () ->
                new VariantRunner(
                        setup(),
                        () -> {
                          throw new IllegalStateException("no intents");
                        },
                        false,
                        2)
                    .run(candles, List.of(new Variant("base", policy())), (v, share) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no intents");
  }
}
