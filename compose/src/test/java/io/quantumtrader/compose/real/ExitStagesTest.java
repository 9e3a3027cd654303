package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Heat gate, apply layer and the operator's orders on a real broker, exactly once. */
@Tag("real")
final class ExitStagesTest {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";

  private static RealPipeline pipeline;

  /** Five minutes past ten minutes, so that no test passes a full hour, when lists are made. */
  private static long nowMs = Records.NOW + 5 * Records.MINUTE;

  private static int tests;

  private String account;
  private World world;

  @BeforeAll
  static void startTheStages() throws Exception {
    pipeline = RealPipeline.fresh().startStages();
  }

  @AfterAll
  static void stopTheStages() {
    pipeline.close();
  }

  @BeforeEach
  void beginWithAnAccountOfItsOwn() throws Exception {
    account = "exit-" + ++tests;
    nowMs += 10 * Records.MINUTE;
    world = World.oneMore(pipeline, nowMs, List.of(account), List.of(BTC));
    world.begin();
  }

  @Test
  void heatGateShouldHoldAnUnstableCloseAndKeepTheOriginalBeside() throws Exception {
    // given
    world.enter(account, BTC);

    // when
    propose(proposal(0.4).setAction("FULL_CLOSE_PROPOSED").setKillScore(0.756));

    // then
    HarvestProposal calibrated =
        pipeline
            .table(Topic.HARVEST_CALIBRATED, HarvestProposal.class)
            .get(Accounts.key(account, BTC));
    assertThat(calibrated.getAction()).isEqualTo("FULL_CLOSE_PROPOSED");
    assertThat(calibrated.getCalibration().getAction()).isEqualTo("HOLD");
    assertThat(calibrated.getCalibration().getCalibrated()).isTrue();
    assertThat(world.decisions(account))
        .filteredOn(decision -> decision.getCode().equals("HEAT_HOLD"))
        .singleElement()
        .extracting(Decision::getVerdict)
        .isEqualTo(Verdict.DENIED);
    assertThat(world.plans(account)).hasSize(1);
  }

  @Test
  void applyLayerShouldCloseTheSameWithEnoughProfitAndEndFlat() throws Exception {
    // given
    ApplyPlan entry = world.enter(account, BTC);

    // when
    propose(proposal(2.0).setAction("FULL_CLOSE_PROPOSED").setKillScore(0.756));

    // then
    ApplyPlan close = world.plans(account).getLast();
    assertThat(close.getTrigger()).isEqualTo(ExitTrigger.KILL_SCORE);
    assertThat(close.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(close.getQuantity()).isEqualByComparingTo(entry.getQuantity());
    assertThat(close.getPermit().getKind()).isEqualTo(PermitKind.P26);

    // when
    pipeline.send(Topic.APPLY_RESULT, account, Records.filled(close, nowMs), nowMs);
    pipeline.settle();

    // then
    assertThat(world.ledger(account, BTC).getSide()).isEqualTo(PositionSide.FLAT);
  }

  @Test
  void applyLayerShouldTakeARungOnce() throws Exception {
    // given
    world.enter(account, BTC);
    HarvestProposal.Builder rung =
        proposal(2.1)
            .setAction("PARTIAL_25")
            .setTrigger(ExitTrigger.RUNG)
            .setRung(1)
            .setShare(0.25);
    propose(rung);
    ApplyPlan partial = world.plans(account).getLast();
    pipeline.send(
        Topic.APPLY_RESULT,
        account,
        ApplyResult.newBuilder(Records.filled(partial, nowMs))
            .setTrigger(ExitTrigger.RUNG)
            .setRung(1)
            .build(),
        nowMs);
    pipeline.settle();

    // when
    propose(rung.setAsOfMs(nowMs + 1));

    // then
    assertThat(partial.getQuantity()).isEqualByComparingTo("0.5");
    assertThat(world.ledger(account, BTC).getQuantity()).isEqualByComparingTo("1.5");
    assertThat(world.plans(account)).hasSize(2);
    assertThat(world.decisions(account)).extracting(Decision::getCode).contains("RUNG_TAKEN");
  }

  @Test
  void shouldCloseOnceOnAnOperatorsOrderWhileTradingIsHalted() throws Exception {
    // given an open position, and trading halted
    ApplyPlan entry = world.enter(account, BTC);
    succeed("control", "state", "HALTED", "--reason", "test", "--no-wait");

    // when an operator orders the close, and the clock goes on twice
    succeed("flatten", "--no-wait", "--account", account, "--reason", "test");
    world.pass(1_000);
    world.pass(1_000);

    // then
    List<ApplyPlan> plans = world.plans(account);
    assertThat(plans).hasSize(2);
    ApplyPlan close = plans.getLast();
    assertThat(close.getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(close.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(close.getReduceOnly()).isTrue();
    assertThat(close.getIntentId()).isEmpty();
    assertThat(close.getQuantity()).isEqualByComparingTo(entry.getQuantity());
    assertThat(close.getPermit().getKind()).isEqualTo(PermitKind.P26);
  }

  @Test
  void shouldFindTheRiskOfAnAdoptedPositionAnewAndSayWhatCameOfIt() throws Exception {
    // given: nothing to do yet
    CommandRun none = backfill();
    assertThat(none.code()).as(none.err()).isZero();
    assertThat(none.out()).isEmpty();
    assertThat(none.err().lines().toList())
        .hasSize(2)
        .last()
        .isEqualTo("No adopted position is open: every open position has its plan's risk data.");

    // given: an intent, and a position without market state or plan
    pipeline.send(
        Topic.TRADE_INTENT,
        account,
        Records.intent("i-eth", account, ETH, IntentAction.OPEN_LONG, nowMs - 1)
            .setAtr(40.0)
            .setVolatilityFactor(2.0)
            .build(),
        nowMs);
    pipeline.send(Topic.APPLY_RESULT, account, adopted(), nowMs);
    pipeline.settle();
    assertThat(row().getRisk().getSource()).isEqualTo(RiskSource.DEFAULT);

    // when nobody moves the clock
    CommandRun unanswered = backfill("--wait", "1");

    // then it says so, and that the order stands
    assertThat(unanswered.code()).isEqualTo(1);
    assertThat(unanswered.err().lines().toList())
        .hasSize(3)
        .last()
        .asString()
        .contains("1 of 1 positions")
        .contains("stands");

    // when it is asked for again and the clock goes on
    CompletableFuture<CommandRun> command =
        CompletableFuture.supplyAsync(() -> backfill("--symbol", "ethusdt"));
    awaitOrders(2);
    world.pass(1_000);

    // then
    CommandRun ended = command.get(60, TimeUnit.SECONDS);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .isEqualToIgnoringNewLines(
            account
                + " ETHUSDT: initial stop 2920 (INTENT_ATR) instead of 2920 (INTENT_ATR), stop in"
                + " place 2940");
    assertThat(row().getRisk().getInitialStop()).isEqualByComparingTo("2920");
  }

  private void propose(HarvestProposal.Builder proposal) throws InterruptedException {
    pipeline.send(Topic.HARVEST_PROPOSAL, Accounts.key(account, BTC), proposal.build(), nowMs);
    pipeline.settle();
  }

  /** A proposal for the position that {@link World#enter} opens, at this R. */
  private HarvestProposal.Builder proposal(double rNet) {
    return HarvestProposal.newBuilder()
        .setAccount(account)
        .setSymbol(BTC)
        .setPositionId(account + ":" + BTC + ":1")
        .setSide(PositionSide.LONG)
        .setAction("NONE")
        .setTrigger(ExitTrigger.KILL_SCORE)
        .setShare(1.0)
        .setQuantity(new BigDecimal("2"))
        .setEntryPrice(new BigDecimal("100"))
        .setMarkPrice(new BigDecimal("100"))
        .setUnrealizedPnl(BigDecimal.ZERO)
        .setRNet(rNet)
        .setRiskUnit(1.5)
        .setCostEstimate(0.1)
        .setKillScore(0.5)
        .setKRegimeFlip(0)
        .setKSigmaSpike(0)
        .setKTsDrop(0)
        .setKAgePenalty(0)
        .setAgeMs(Records.MINUTE)
        .setAsOfMs(nowMs);
  }

  private PositionLedger row() {
    return world.ledger(account, ETH);
  }

  private ApplyResult adopted() {
    return ApplyResult.newBuilder()
        .setResultId("adopted-1")
        .setAccount(account)
        .setSymbol(ETH)
        .setOutcome(ResultOutcome.FILLED)
        .setOrigin(ResultOrigin.ADOPTED)
        .setFinalResult(true)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(BigDecimal.ONE)
        .setFilledQuantity(BigDecimal.ONE)
        .setFill(
            Fill.newBuilder()
                .setFillId("adopted-1")
                .setQuantity(BigDecimal.ONE)
                .setPrice(new BigDecimal("3000"))
                .setFee(BigDecimal.ZERO)
                .setAtMs(nowMs)
                .build())
        .setLeverage(2)
        .setAtMs(nowMs)
        .build();
  }

  private void awaitOrders(int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      Control control = pipeline.table(Topic.CONTROL, Control.class).get(account);
      if (control.getBackfills().size() == count) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the order was not written");
  }

  private CommandRun backfill(String... arguments) {
    List<String> all = new ArrayList<>(List.of("backfill", "risk", "--account", account));
    all.addAll(List.of(arguments));
    return pipeline.run(all);
  }

  private static void succeed(String... arguments) {
    CommandRun ended = pipeline.run(List.of(arguments));
    assertThat(ended.code()).as(ended.err()).isZero();
  }
}
