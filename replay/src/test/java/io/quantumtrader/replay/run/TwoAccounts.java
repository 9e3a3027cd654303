package io.quantumtrader.replay.run;

import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.GeneratedSymbol;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.TimedIntent;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two accounts on different partitions, and what they are asked to trade. */
public final class TwoAccounts {

  /** How long the market of the seed 7 is played. */
  public static final int MINUTES = 340;

  /** Two partitions of each kind. */
  public static final PartitionCounts COUNTS = new PartitionCounts(2, 2);

  /** An account that lies on another partition than main. */
  public static final String OTHER = other();

  private TwoAccounts() {}

  private static String other() {
    String name = "second";
    for (int i = 0; Accounts.partitionOf(name, 2) == Accounts.partitionOf("main", 2); i++) {
      name = "second" + i;
    }
    return name;
  }

  /** Returns a setup with thresholds that differ from the default. */
  public static PipelineSetup setup(List<String> thresholds) {
    Control active =
        Control.newBuilder()
            .setAccount(Accounts.ALL)
            .setTradingState(TradingState.ACTIVE)
            .setReason("test")
            .setSetBy("test")
            .setAtMs(Candles.BEGIN_MS)
            .build();
    Policy policy = PolicyChange.of(thresholds).on(Policies.initial(Candles.BEGIN_MS)).policy();
    return new PipelineSetup(
        COUNTS,
        PaperSettings.DEFAULT.withAccounts(List.of("main", OTHER)),
        Optional.of(AgentSettings.DEFAULT),
        Map.of(Policies.DEFAULT, policy),
        List.of(active),
        Candles.BEGIN_MS);
  }

  /** Entries in every symbol for both accounts, soon after the first list was ranked. */
  public static IntentQueue intents() {
    List<TimedIntent> intents = new ArrayList<>();
    long atMs = Candles.BEGIN_MS + (MINUTES - 30) * Candles.MINUTE;
    for (GeneratedSymbol each : GeneratedMarketSettings.withSeed(7).symbols()) {
      for (String account : List.of("main", OTHER)) {
        TradeIntent intent = entry(account, each.symbol(), atMs);
        intents.add(new TimedIntent(intents.size() + 1, intent));
      }
    }
    return new IntentQueue(intents, List.of());
  }

  /** Returns an entry of 300 of margin at leverage 2. */
  public static TradeIntent entry(String account, String symbol, long atMs) {
    return TradeIntent.newBuilder()
        .setIntentId(account + "-" + symbol)
        .setAccount(account)
        .setSymbol(symbol)
        .setAction(IntentAction.OPEN_LONG)
        .setReduceOnly(false)
        .setSizing(Sizing.MARGIN)
        .setAmount(new BigDecimal("300"))
        .setLeverage(2.0)
        .setSource("test")
        .setCreatedAtMs(atMs)
        .build();
  }
}
