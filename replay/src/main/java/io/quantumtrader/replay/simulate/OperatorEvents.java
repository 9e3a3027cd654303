package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What operators do: trading states, orders to close, policies, approvals. */
final class OperatorEvents {

  /** What every policy of a simulated world has, so that more happens in a short time. */
  private static final List<String> BASE =
      List.of(
          "allowedSymbols=BNBUSDT,BTCUSDT,ETHUSDT,NEWUSDT,SOLUSDT",
          "entriesPerHour=60",
          "entriesPerFiveMinutes=20",
          "churnMs=180000",
          "maxConsecutiveLosses=50",
          "haltMs=240000",
          "maxDailyLoss=0.5",
          "maxDrawdown=0.5");

  /** What policies differ in. */
  private static final List<List<String>> VARIANTS =
      List.of(
          List.of("maxPositions=1", "churnMs=0", "allowUpsize=true"),
          List.of("maxPositions=2", "allowUpsize=true"),
          List.of("maxPositions=3", "churnMs=0", "closePolicy=risk_first"),
          List.of("maxPositions=3", "maxExposure=0.06"),
          List.of("minMarginRatio=2.5"),
          List.of("maxNotionalPerOrder=250", "riskPerTrade=0.002"),
          List.of("maxSymbolShare=0.05", "allowUpsize=true"),
          List.of("killOpenThreshold=0.05"),
          List.of("entriesPerFiveMinutes=1"),
          List.of("entriesPerHour=2"),
          List.of("allowedSymbols=ADAUSDT,XRPUSDT,BTCUSDT"),
          List.of("allowedSymbols=ADAUSDT,NEWUSDT"),
          List.of("maxDailyLoss=0.002"),
          List.of("maxDrawdown=0.002"),
          List.of("maxConsecutiveLosses=2", "churnMs=0"),
          List.of("liquidationGuardRatio=60", "liquidationTargetRatio=70", "minMarginRatio=60"),
          List.of("permitMs=1000"),
          List.of("heatMode=shadow"),
          List.of("killThreshold=0.3", "unstableKillScore=0.2"),
          List.of("allowedSymbols=", "universeMinTs=100", "universeCore=ADAUSDT"),
          List.of("allowedSymbols=", "universeMinTs=100"),
          List.of("allowedSymbols="));

  private final WorldTopics topics;
  private final Memory memory;
  private final List<String> accounts;
  private final Map<String, Map<Long, Policy>> policies = new HashMap<>();
  private final List<Revoked> revoked = new ArrayList<>();
  private List<String> usual = VARIANTS.get(1);
  private long version;

  /** What is taken back at a time, epoch ms: what operators do for a while. */
  private record Revoked(long atMs, Runnable back) {}

  OperatorEvents(WorldTopics topics, Memory memory, List<String> accounts) {
    this.topics = topics;
    this.memory = memory;
    this.accounts = accounts;
  }

  /** Writes what a world begins with: trading is on, one policy for all. */
  void begin(SplittableRandom random, long nowMs) {
    control(Accounts.ALL, TradingState.ACTIVE, nowMs, List.of(), List.of());
    usual = VARIANTS.get(random.nextInt(3));
    write(Policies.DEFAULT, usual, nowMs);
  }

  /** Takes back what was done for a while and is due. */
  void due(long nowMs) {
    for (Revoked each : List.copyOf(revoked)) {
      if (each.atMs() <= nowMs) {
        revoked.remove(each);
        each.back().run();
      }
    }
  }

  /** Returns a policy that was written; the built-in one where there is none of this name. */
  Policy policy(String name, long ofVersion) {
    Policy found = policies.getOrDefault(name, Map.of()).get(ofVersion);
    return found == null ? Policies.builtin() : found;
  }

  /** Writes another policy, for all or for one account, or takes one away. */
  void policy(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    String name =
        random.nextInt(3) == 0 ? Policies.DEFAULT : accounts.get(random.nextInt(accounts.size()));
    if (random.nextInt(12) == 0) {
      topics.put(Topic.POLICY, Policy.class, name, null, nowMs);
    } else {
      write(name, VARIANTS.get(random.nextInt(VARIANTS.size())), nowMs);
    }
    long backMs = nowMs + (2 + random.nextInt(14)) * SimulatedMarket.MINUTE_MS;
    revoked.add(new Revoked(backMs, () -> write(name, usual, backMs)));
  }

  private void write(String name, List<String> thresholds, long nowMs) {
    version++;
    List<String> all = new ArrayList<>(thresholds);
    for (String each : BASE) {
      String key = each.substring(0, each.indexOf('=') + 1);
      if (thresholds.stream().noneMatch(given -> given.startsWith(key))) {
        all.add(each);
      }
    }
    PolicyChange.Outcome outcome = PolicyChange.of(all).on(Policies.initial(nowMs));
    if (!outcome.violations().isEmpty()) {
      throw new IllegalStateException("no policy: " + outcome.violations());
    }
    Policy policy = Policy.newBuilder(outcome.policy()).setName(name).setVersion(version).build();
    policies.computeIfAbsent(name, any -> new HashMap<>()).put(version, policy);
    topics.put(Topic.POLICY, Policy.class, name, policy, nowMs);
  }

  /** Changes a trading state, orders a close, or has risk data looked up. */
  void control(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    String account =
        random.nextInt(3) == 0 ? Accounts.ALL : accounts.get(random.nextInt(accounts.size()));
    TradingState state =
        switch (random.nextInt(6)) {
          case 0 -> TradingState.HALTED;
          case 1 -> TradingState.REDUCING;
          default -> TradingState.ACTIVE;
        };
    List<ManualClose> closes = new ArrayList<>();
    List<RiskBackfill> backfills = new ArrayList<>();
    String symbol = SimulatedMarket.symbol(random);
    if (!account.equals(Accounts.ALL)) {
      switch (random.nextInt(4)) {
        case 0 ->
            closes.add(
                ManualClose.newBuilder()
                    .setId("m" + event.index())
                    .setSymbol(random.nextBoolean() ? "" : symbol)
                    .setAtMs(nowMs)
                    .build());
        case 1 ->
            backfills.add(
                RiskBackfill.newBuilder()
                    .setId("r" + event.index())
                    .setSymbol(random.nextBoolean() ? "" : symbol)
                    .setAtMs(nowMs)
                    .build());
        default -> {
          // A trading state alone.
        }
      }
    }
    control(account, state, nowMs, closes, backfills);
    if (state != TradingState.ACTIVE) {
      long backMs = nowMs + (1 + random.nextInt(6)) * SimulatedMarket.MINUTE_MS;
      revoked.add(
          new Revoked(
              backMs, () -> control(account, TradingState.ACTIVE, backMs, closes, backfills)));
    }
  }

  private void control(
      String account,
      TradingState state,
      long nowMs,
      List<ManualClose> closes,
      List<RiskBackfill> backfills) {
    Control row =
        Control.newBuilder()
            .setAccount(account)
            .setTradingState(state)
            .setReason("simulated")
            .setSetBy("simulated")
            .setAtMs(nowMs)
            .setCloses(closes)
            .setBackfills(backfills)
            .build();
    topics.put(Topic.CONTROL, Control.class, account, row, nowMs);
  }

  /** Says something of one of the last plans, which may not wait for it. */
  void approval(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    (random.nextInt(4) == 0 ? memory.plan(random) : memory.lastPlan())
        .ifPresent(
            plan ->
                topics.put(
                    Topic.APPROVAL,
                    Approval.class,
                    plan.getAccount(),
                    Approval.newBuilder()
                        .setPlanId(plan.getPlanId())
                        .setAccount(plan.getAccount())
                        .setGranted(random.nextInt(3) != 0)
                        .setGivenBy("simulated")
                        .setAtMs(nowMs)
                        .build(),
                    nowMs));
  }
}
