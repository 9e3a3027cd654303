package io.quantumtrader.replay.compare;

import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.execution.paper.PaperSettings;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs of the generated market with the agent, as tests want them. */
public final class Runs {

  private static final PartitionCounts COUNTS = new PartitionCounts(2, 2);

  private Runs() {}

  public static PipelineSetup setup() {
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

  public static Policy policy(String... thresholds) {
    return PolicyChange.of(List.of(thresholds)).on(Policies.initial(Candles.BEGIN_MS)).policy();
  }

  /** Returns the default policy. */
  public static Variant base() {
    return new Variant("base", policy());
  }

  /** Returns the default policy with one threshold changed. */
  public static Variant variant(String threshold) {
    return new Variant(threshold, policy(threshold));
  }

  /** Returns a runner of two at once that keeps decisions. */
  public static VariantRunner runner() {
    return new VariantRunner(setup(), IntentQueue::empty, true, 2);
  }
}
