package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proposals become exit plans: the sub-topology with a long of 0.02 BTC at 71000. */
class ExitsInSubtopologyTest {

  @TempDir Path directory;
  private AccountDriver driver;
  private PositionLedger open;

  @BeforeEach
  void openALong() {
    driver = new AccountDriver(directory).open();
    driver.result(Given.result(BTC, OrderSide.BUY, Given.fill("f1", "0.02", "71000")));
    open = driver.ledgers().get(0);
    driver.drain();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldCloseAPartOfWhatIsOpenForARung() {
    // when
    ApplyPlan plan = exit(rung(1, 0.25)).plan();

    // then
    assertThat(plan.getAction()).isEqualTo(PlanAction.PARTIAL_25);
    assertThat(plan.getQuantity()).isEqualTo(dec("0.005"));
    assertThat(plan.getSide()).isEqualTo(OrderSide.SELL);
    assertThat(plan.getReduceOnly()).isTrue();
    assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.RUNG);
    assertThat(plan.getRung()).isEqualTo(1);
    assertThat(plan.getPermit().getKind()).isEqualTo(PermitKind.P26);
    assertThat(plan.getPermit().getExpiresAtMs()).isEqualTo(NOON + 60_000);
    assertThat(plan.getIntentId()).isEmpty();
  }

  /** Whether the table holds the newest state yet when its proposal is here is chance. */
  @ParameterizedTest
  @ValueSource(strings = {"", "60000", "72000", "90000"})
  void shouldGiveTheSamePlanWhateverTheTableOfStatesShows(String lastPrice) {
    // given
    if (!lastPrice.isEmpty()) {
      driver.state(Given.state(BTC).setLastPrice(dec(lastPrice)).setPTrend(0.1).build());
    }

    // when
    Exit exit = exit(rung(1, 0.25).setPTrend(0.2).setPMr(0.5).setPChop(0.3));

    // then
    assertThat(exit.plan().getPrice()).isEqualByComparingTo("72000");
    assertThat(exit.plan().getNotional()).isEqualByComparingTo("360");
    assertThat(exit.plan().getRegime()).isEqualTo("mr");
    assertThat(exit.decision().getLookups())
        .extracting(Lookup::getTable)
        .doesNotContain("quantum.market.state");
  }

  @Test
  void shouldTakeARungOncePerPosition() {
    // given
    fill(exit(rung(1, 0.25)).plan(), "x1");
    assertThat(driver.ledgers().get(0).getRungsTaken()).containsExactly(1);
    driver.drain();

    // when
    Decision again = exit(rung(1, 0.25)).decision();
    ApplyPlan second = exit(rung(2, 0.5)).plan();

    // then
    assertThat(again.getCode()).isEqualTo("RUNG_TAKEN");
    assertThat(second.getQuantity()).as("half of 0.015, in steps").isEqualTo(dec("0.007"));
  }

  @Test
  void shouldTryARungAgainThatDidNotFill() {
    // given
    ApplyPlan first = exit(rung(1, 0.25)).plan();
    Decision meanwhile = exit(rung(1, 0.25)).decision();
    reject(first);

    // when
    ApplyPlan second = exit(rung(1, 0.25)).plan();

    // then
    assertThat(meanwhile.getCode()).isEqualTo("EXIT_IN_FLIGHT");
    assertThat(second.getPlanId()).isNotEqualTo(first.getPlanId());
    assertThat(second.getAttempt()).isEqualTo(1);
  }

  @Test
  void shouldCloseAllWhereTheRestWouldBeDust() {
    // given: 0.002 open, of which a quarter is below the smallest order
    driver.result(Given.result(BTC, OrderSide.SELL, Given.fill("f2", "0.0195", "71000")));
    driver.drain();

    // when
    ApplyPlan plan = exit(rung(1, 0.25)).plan();

    // then
    assertThat(plan.getQuantity()).isEqualTo(dec("0.0005"));
    assertThat(plan.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
  }

  @Test
  void shouldKeepTheCalibrationBesideTheOriginal() {
    // when
    Exit exit = exit(kill(0.756, 0.4));

    // then
    HarvestProposal calibrated = exit.calibrated();
    assertThat(calibrated.getAction()).isEqualTo("FULL_CLOSE_PROPOSED");
    assertThat(calibrated.getCalibration().getAction()).isEqualTo("HOLD");
    assertThat(calibrated.getCalibration().getCalibrated()).isTrue();
    assertThat(exit.decision().getCode()).isEqualTo("HEAT_HOLD");
    assertThat(exit.decision().getVerdict()).isEqualTo(Verdict.DENIED);
  }

  @Test
  void shouldCloseInShadowModeWhatTheGateWouldHold() {
    // given
    driver.policy(Given.policy().setHeatMode("shadow").build());

    // when
    ApplyPlan plan = exit(kill(0.756, 0.4)).plan();

    // then
    assertThat(plan.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(plan.getQuantity()).isEqualTo(dec("0.02"));
  }

  @Test
  void shouldMoveTheStopOnceTheExecutorReportsIt() {
    // given
    ApplyPlan plan = exit(stop("70500.07")).plan();

    // when
    driver.result(protectedBy(plan));

    // then
    assertThat(plan.getAction()).isEqualTo(PlanAction.UPDATE_SL);
    assertThat(plan.getQuantity()).isEqualTo(dec("0.02"));
    assertThat(plan.getStopPrice())
        .as("on the tick, away from the market")
        .isEqualByComparingTo("70500.0");
    PositionLedger row = driver.ledgers().get(0);
    assertThat(row.getStopPrice()).isEqualByComparingTo("70500");
    assertThat(row.getQuantity()).isEqualTo(dec("0.02"));
    assertThat(row.getRisk()).as("R is fixed at the open").isEqualTo(open.getRisk());
  }

  @ParameterizedTest
  @CsvSource({
    "70000.1, STOP_GRANTED",
    "69000, STOP_NOT_TIGHTER",
    "72000, STOP_BEYOND_MARKET",
    "-5, STOP_BEYOND_MARKET",
    "71999.9, STOP_GRANTED",
  })
  void shouldOnlyTightenAStopThatTheMarketHasNotReached(String newStop, String code) {
    // given: the stop in place
    driver.state(Given.state(BTC).setLastPrice(dec("72000")).build());
    assertThat(open.getStopPrice()).isLessThan(dec("70000.1")).isGreaterThan(dec("68000"));
    String asked = newStop.equals("69000") ? open.getStopPrice().toPlainString() : newStop;

    // then
    assertThat(exit(stop(asked)).decision().getCode()).isEqualTo(code);
  }

  @Test
  void shouldLetAStopHitReplaceAStopThatIsBeingMoved() {
    // given
    ApplyPlan moving = exit(stop("70500")).plan();

    // when
    ApplyPlan hit = exit(close(ExitTrigger.STOP_HIT)).plan();

    // then
    assertThat(moving.getAction()).isEqualTo(PlanAction.UPDATE_SL);
    assertThat(hit.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(hit.getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
  }

  @ParameterizedTest
  @EnumSource(
      value = ExitTrigger.class,
      names = {"STOP_HIT", "TARGET_HIT", "KILL_SCORE"})
  void shouldLetPassUnderAHaltOnlyWhatProtects(ExitTrigger trigger) {
    // given
    driver.control(Given.control(Accounts.ALL, TradingState.HALTED));

    // when
    Exit exit = exit(close(trigger));

    // then
    String code = trigger == ExitTrigger.KILL_SCORE ? "TRADING_HALTED" : "CLOSE_GRANTED";
    assertThat(exit.decision().getCode()).isEqualTo(code);
  }

  @Test
  void shouldDenyWhatIsForAnotherPosition() {
    HarvestProposal.Builder other = close(ExitTrigger.STOP_HIT).setPositionId("main:BTCUSDT:7");

    assertThat(exit(other).decision().getCode()).isEqualTo("POSITION_CHANGED");
  }

  @ParameterizedTest
  @CsvSource({"60000, KILL_SCORE, true", "60001, KILL_SCORE, false", "600000, STOP_HIT, true"})
  void shouldDenyWhatIsTooOldUnlessItProtects(long ageMs, ExitTrigger trigger, boolean granted) {
    // given
    HarvestProposal.Builder proposal = close(trigger);
    driver.clock(NOON + ageMs);
    driver.drain();

    // then
    assertThat(exit(proposal).decision().getCode())
        .isEqualTo(granted ? "CLOSE_GRANTED" : "PROPOSAL_STALE");
  }

  @Test
  void shouldEndAProposalThatAsksForNothingInAHold() {
    Exit exit = exit(Given.proposal());

    assertThat(exit.decision().getCode()).isEqualTo("ACTION_HOLD");
    assertThat(exit.decision().getCauseType().name()).isEqualTo("PROPOSAL");
  }

  @Test
  void shouldPassATombstoneOn() {
    // when
    driver.send(Topic.HARVEST_PROPOSAL, HarvestProposal.class, "main:BTCUSDT", null, NOON);

    // then
    List<TestRecord<String, HarvestProposal>> out =
        driver.records(Topic.HARVEST_CALIBRATED, HarvestProposal.class);
    assertThat(out).hasSize(1);
    assertThat(out.get(0).key()).isEqualTo("main:BTCUSDT");
    assertThat(out.get(0).value()).isNull();
    assertThat(driver.decisions()).isEmpty();
  }

  @Test
  void shouldMakeTheSamePlanIdFromTheSameCause() {
    ApplyPlan plan = exit(rung(1, 0.25)).plan();

    // SHA-256 of main|main:BTCUSDT:1|RUNG|1|0
    assertThat(plan.getPlanId()).isEqualTo("88b6deee09bbf460");
  }

  private record Exit(Decision decision, List<ApplyPlan> plans, HarvestProposal calibrated) {

    ApplyPlan plan() {
      assertThat(plans).as(decision.toString()).hasSize(1);
      return plans.get(0);
    }
  }

  private Exit exit(HarvestProposal.Builder proposal) {
    driver.proposal(proposal.build());
    List<Decision> decisions = driver.decisions();
    assertThat(decisions).hasSize(1);
    return new Exit(decisions.get(0), driver.plans(), driver.calibrated().get(0));
  }

  private static HarvestProposal.Builder rung(int rung, double share) {
    return Given.proposal()
        .setAction("PARTIAL_" + Math.round(share * 100))
        .setTrigger(ExitTrigger.RUNG)
        .setRung(rung)
        .setShare(share);
  }

  private static HarvestProposal.Builder kill(double score, double r) {
    return close(ExitTrigger.KILL_SCORE).setKillScore(score).setRNet(r);
  }

  private static HarvestProposal.Builder close(ExitTrigger trigger) {
    return Given.proposal().setAction("FULL_CLOSE_PROPOSED").setTrigger(trigger).setShare(1.0);
  }

  private static HarvestProposal.Builder stop(String newStop) {
    return Given.proposal()
        .setAction("UPDATE_SL")
        .setTrigger(ExitTrigger.TRAILING_STOP)
        .setStopTrigger(ExitTrigger.TRAILING_STOP)
        .setNewStop(dec(newStop));
  }

  private void fill(ApplyPlan plan, String fillId) {
    String quantity = plan.getQuantity().toPlainString();
    driver.result(
        Given.result(plan, Given.fill(fillId, quantity, "75000"))
            .setTrigger(plan.getTrigger())
            .setRung(plan.getRung()));
  }

  private void reject(ApplyPlan plan) {
    driver.result(
        Given.result(plan, null)
            .setResultId("r-" + plan.getPlanId())
            .setOutcome(ResultOutcome.REJECTED)
            .setTrigger(plan.getTrigger())
            .setRung(plan.getRung()));
    driver.drain();
  }

  private static ApplyResult.Builder protectedBy(ApplyPlan plan) {
    return Given.result(plan, null)
        .setResultId("p-" + plan.getPlanId())
        .setOutcome(ResultOutcome.PROTECTED)
        .setStopPrice(plan.getStopPrice())
        .setTrigger(plan.getTrigger());
  }
}
