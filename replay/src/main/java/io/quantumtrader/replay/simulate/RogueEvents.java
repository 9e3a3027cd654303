package io.quantumtrader.replay.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Records that no part of the pipeline writes, as old services and broken tools leave them. */
final class RogueEvents {

  private static final int SCALE = 18;

  /** Longer than any text may be: what carries it cannot be booked. */
  static final String TOO_LONG = "x".repeat(1 << 15);

  private static final BigDecimal ZERO = BigDecimal.ZERO.setScale(SCALE);

  private final WorldTopics topics;
  private final SimulatedMarket market;
  private final Memory memory;
  private final List<String> accounts;
  private HarvestProposal last;
  private HarvestProposal lastStop;

  RogueEvents(WorldTopics topics, SimulatedMarket market, Memory memory, List<String> accounts) {
    this.topics = topics;
    this.market = market;
    this.memory = memory;
    this.accounts = accounts;
  }

  /** Writes a proposal about an open position, or about none. */
  void proposal(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    Optional<PositionLedger> open = memory.position(random);
    if (lastStop != null && random.nextInt(8) == 0) {
      write(HarvestProposal.newBuilder(lastStop).setAsOfMs(nowMs).build(), nowMs);
      return;
    }
    if (last != null && random.nextInt(4) == 0) {
      write(HarvestProposal.newBuilder(last).setAsOfMs(nowMs).build(), nowMs);
      return;
    }
    if (open.isEmpty()) {
      return;
    }
    HarvestProposal.Builder proposal = about(open.get(), nowMs);
    boolean isLong = open.get().getSide() == PositionSide.LONG;
    String symbol = open.get().getSymbol();
    switch (random.nextInt(16)) {
      case 0 -> proposal.setAction("PARTIAL_OF_IT");
      case 1 ->
          proposal.setAction("UNKNOWN").setNewStop(market.near(symbol, isLong ? 0.999 : 1.001));
      case 2 -> proposal.setAction("UNKNOWN");
      case 3 -> proposal.setAction("EXIT");
      case 4 -> full(proposal, 0.5).setPositionId(proposal.getPositionId() + "7");
      case 5 -> full(proposal, 0.5).setAsOfMs(nowMs - 60_001);
      case 6 -> proposal.setAction("UPDATE_SL");
      case 7 -> stop(proposal, market.near(symbol, isLong ? 0.5 : 2.0));
      case 8 -> stop(proposal, market.near(symbol, isLong ? 1.05 : 0.95));
      case 9 -> stop(proposal, besideTheTick(symbol, isLong));
      case 10 -> full(proposal, 0.7).setNewStop(market.near(symbol, isLong ? 0.999 : 1.001));
      case 11 -> full(proposal, 0.7).setRNet(0.5);
      case 12 -> full(proposal, 0.7).setRNet(3);
      case 13 -> full(proposal, 0.5);
      case 14 -> full(proposal, 0.5).setAction("PARTIAL_25").setShare(0.25);
      default ->
          proposal.setAction("PARTIAL_25").setTrigger(ExitTrigger.RUNG).setRung(1).setShare(0.25);
    }
    last = proposal.build();
    lastStop = last.getAction().equals("UPDATE_SL") ? last : lastStop;
    write(last, nowMs);
    if (random.nextInt(3) == 0) {
      write(proposal.build(), nowMs);
    }
  }

  /** The exchange rests it at the tick behind, so that it seems to be tighter still. */
  private BigDecimal besideTheTick(String symbol, boolean isLong) {
    BigDecimal part = market.tick(symbol).divide(BigDecimal.valueOf(4), SCALE, RoundingMode.DOWN);
    BigDecimal price = market.near(symbol, isLong ? 0.998 : 1.002);
    return isLong ? price.add(part) : price.subtract(part);
  }

  private void write(HarvestProposal proposal, long nowMs) {
    topics.put(
        Topic.HARVEST_PROPOSAL,
        HarvestProposal.class,
        Accounts.key(proposal.getAccount(), proposal.getSymbol()),
        proposal,
        nowMs);
  }

  private static HarvestProposal.Builder full(HarvestProposal.Builder proposal, double score) {
    return proposal
        .setAction("FULL_CLOSE_PROPOSED")
        .setTrigger(ExitTrigger.KILL_SCORE)
        .setShare(1.0)
        .setKillScore(score);
  }

  private static void stop(HarvestProposal.Builder proposal, BigDecimal price) {
    proposal.setAction("UPDATE_SL").setTrigger(ExitTrigger.TRAILING_STOP).setNewStop(price);
  }

  private HarvestProposal.Builder about(PositionLedger row, long nowMs) {
    return HarvestProposal.newBuilder()
        .setAccount(row.getAccount())
        .setSymbol(row.getSymbol())
        .setPositionId(row.getPositionId())
        .setSide(row.getSide())
        .setAction("NONE")
        .setQuantity(row.getQuantity())
        .setEntryPrice(row.getEntryPrice())
        .setMarkPrice(market.price(row.getSymbol()).setScale(SCALE))
        .setUnrealizedPnl(ZERO)
        .setRNet(0.1)
        .setRiskUnit(100)
        .setCostEstimate(1)
        .setKillScore(0.5)
        .setKRegimeFlip(0)
        .setKSigmaSpike(0)
        .setKTsDrop(0)
        .setKAgePenalty(0)
        .setAgeMs(60_000)
        .setAsOfMs(nowMs);
  }

  /** Writes a result again, or one that cannot be booked. */
  void result(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    Optional<ApplyResult> past = memory.fill(random);
    String account = accounts.get(random.nextInt(accounts.size()));
    String id = "rogue-" + event.index();
    switch (random.nextInt(6)) {
      case 0 -> write(garbage(account, id, "-0.02", nowMs).build(), nowMs);
      case 1 -> write(garbage(account, id, "0.02", nowMs).setOrderId(TOO_LONG).build(), nowMs);
      default -> past.ifPresent(result -> write(result, nowMs));
    }
  }

  private void write(ApplyResult result, long nowMs) {
    topics.put(Topic.APPLY_RESULT, ApplyResult.class, result.getAccount(), result, nowMs);
  }

  private static ApplyResult.Builder garbage(
      String account, String id, String quantity, long nowMs) {
    BigDecimal amount = new BigDecimal(quantity).setScale(SCALE);
    return ApplyResult.newBuilder()
        .setResultId(id)
        .setAccount(account)
        .setSymbol("BTCUSDT")
        .setOrigin(ResultOrigin.MANUAL)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(amount)
        .setFilledQuantity(amount)
        .setFill(
            Fill.newBuilder()
                .setFillId(id)
                .setQuantity(amount)
                .setPrice(BigDecimal.valueOf(71_000).setScale(SCALE))
                .setFee(ZERO)
                .setAtMs(nowMs)
                .build())
        .setLeverage(2)
        .setAtMs(nowMs);
  }

  /** Writes a plan that no stage would make. */
  private void plan(SplittableRandom random, long nowMs) {
    Optional<ApplyPlan> past = memory.plan(random);
    if (past.isEmpty()) {
      return;
    }
    String planId = "%016x".formatted(random.nextLong());
    ApplyPlan.Builder plan = ApplyPlan.newBuilder(past.get()).setPlanId(planId);
    if (random.nextBoolean()) {
      plan.setAction(PlanAction.UNRECOGNIZED);
    }
    topics.put(
        Topic.APPLY_PLAN, ApplyPlan.class, plan.getAccount(), plan.setIntentId("").build(), nowMs);
  }

  /** Writes a record where it does not belong, or one that cannot be read. */
  void record(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    String account = accounts.get(random.nextInt(accounts.size()));
    int own = topics.partition(Topic.EXCHANGE_ACCOUNT, account);
    ExchangeAccount wallet =
        ExchangeAccount.newBuilder()
            .setAccount(account)
            .setAsOfMs(nowMs)
            .setWallet(BigDecimal.valueOf(5).setScale(SCALE))
            .build();
    byte[] key = account.getBytes(UTF_8);
    switch (random.nextInt(9)) {
      case 0 ->
          topics.put(
              Topic.EXCHANGE_ACCOUNT, 1 - own, ExchangeAccount.class, account, wallet, nowMs);
      case 1 ->
          topics.put(
              Topic.EXCHANGE_ACCOUNT,
              own,
              ExchangeAccount.class,
              account,
              ExchangeAccount.newBuilder(wallet).setAccount("nobody").build(),
              nowMs);
      case 2 -> topics.put(Topic.TRADE_INTENT, own, TradeIntent.class, account, null, nowMs);
      case 3 -> topics.bytes(Topic.APPLY_RESULT, own, key, new byte[] {1, 2, 3}, nowMs);
      case 4 ->
          memory
              .position(random)
              .ifPresent(row -> write(about(row, nowMs).setPolicyName(TOO_LONG).build(), nowMs));
      case 5 ->
          topics.put(
              Topic.CONTROL,
              0,
              Control.class,
              "No Account",
              Control.newBuilder()
                  .setAccount("main")
                  .setTradingState(TradingState.HALTED)
                  .setAtMs(nowMs)
                  .build(),
              nowMs);
      case 6, 7 -> plan(random, nowMs);
      default ->
          topics.put(
              Topic.APPLY_RESULT,
              own,
              ApplyResult.class,
              "No Account",
              garbage("No Account", "rogue-" + event.index(), "0.02", nowMs).setFill(null).build(),
              nowMs);
    }
  }
}
