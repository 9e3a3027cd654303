package io.quantumtrader.topology.incidents;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.Given;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What went wrong in the old system, each through the whole topology. The position of most of them
 * is a long of 0.02 BTC at 71000 with its stop at 69580, so that R is 1420 a coin.
 */
class IncidentsTest {

  @TempDir Path directory;
  private WholePipeline pipeline;

  @BeforeEach
  void warmUp() {
    pipeline = new WholePipeline(directory).policy(policy()).warm(BTC, "71000");
    pipeline.clock();
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  /** Then: proposals carried harvest_action, the gate read action, and no close ever passed. */
  @Test
  void actionAndHarvestActionMixedUp() {
    openLong();

    // two R and the costs: 71000 + 2 x 1420 + 71
    pipeline.minute(BTC, "73911");

    // must hold: what is proposed is what is planned
    HarvestProposal proposal = pipeline.proposals().getLast();
    ApplyPlan plan = pipeline.lastPlan();
    assertThat(proposal.getAction()).isEqualTo("PARTIAL_25");
    assertThat(plan.getAction()).isEqualTo(PlanAction.PARTIAL_25);
    assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.RUNG);
  }

  /** Then: a list of three symbols in one service left 563 of 566 positions without exits. */
  @Test
  void threeOf566SymbolsProcessed() {
    // given: positions in symbols that stand on no list at all
    List<String> symbols = IntStream.range(0, 12).mapToObj(i -> "COIN" + i + "USDT").toList();
    for (String symbol : symbols) {
      pipeline.instrument(Given.instrument(symbol));
      pipeline.adopt(symbol, OrderSide.BUY, "1", "100");
    }

    // when
    symbols.forEach(symbol -> pipeline.minute(symbol, "101"));

    // must hold: each is valued and judged, whatever its symbol
    assertThat(pipeline.snapshots()).extracting(PositionSnapshot::getSymbol).containsAll(symbols);
    assertThat(pipeline.proposals()).extracting(HarvestProposal::getSymbol).containsAll(symbols);
  }

  /** Then: the count of positions was checked in two places at once, and 19 were open of 10. */
  @Test
  void nineteenPositionsWhereTenAreAllowed() {
    // given
    for (int i = 0; i < 19; i++) {
      pipeline.adopt("COIN" + i + "USDT", OrderSide.BUY, "1", "100");
    }
    pipeline.clock();
    pipeline.minute(BTC, "71000");
    pipeline.decisions();

    // must hold: those that are open stay, nothing enters, and closing is free
    pipeline.intent(Given.intent("one too many"));
    assertThat(pipeline.codes()).contains("POSITION_LIMIT");
    assertThat(pipeline.ledger("COIN18USDT").getSide()).isEqualTo(PositionSide.LONG);
    for (int i = 0; i < 10; i++) {
      pipeline.intent(closing("COIN" + i + "USDT", "close-" + i));
      pipeline.fill(pipeline.lastPlan(), "101");
    }
    pipeline.clock();
    for (int i = 10; i < 19; i++) {
      pipeline.trade("COIN" + i + "USDT", "100");
    }
    pipeline.trade(BTC, "71000");
    pipeline.clock();
    pipeline.decisions();
    pipeline.intent(Given.intent("room again"));
    assertThat(pipeline.codes()).contains("PERMIT_GRANTED");
  }

  /** Then: no ATR was stored, so the harvest service skipped every position there was. */
  @Test
  void atrMissingOnAllPositions() {
    // given: no market state, hence no ATR
    pipeline.adopt("NEWUSDT", OrderSide.BUY, "10", "100");

    // when
    pipeline.minute("NEWUSDT", "101");

    // must hold: 2 % stands in and says so, and the position has an R
    PositionLedger row = pipeline.ledger("NEWUSDT");
    assertThat(row.getRisk().getSource()).isEqualTo(RiskSource.DEFAULT);
    assertThat(row.getRisk().getInitialStop()).isEqualByComparingTo("98");
    HarvestProposal proposal = pipeline.proposals().getLast();
    // (1 - 0.1) / 2
    assertThat(proposal.getRNet()).isCloseTo(0.45, org.assertj.core.data.Offset.offset(1e-9));
    pipeline.minute("NEWUSDT", "97");
    assertThat(pipeline.lastPlan().getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
  }

  /** Then: a kill score of 0.756 asked for a close, and the next service blocked it for 0.756. */
  @Test
  void closeBlockedAtKillScore0756() {
    PositionLedger row = openLong();

    // must hold: the documented behaviour is one policy among three, and never stops a stop
    pipeline.proposal(kill(row, 0.756, 0.1));
    assertThat(pipeline.codes()).contains("HEAT_HOLD");
    pipeline.proposal(kill(row, 0.756, 0.1).setTrigger(ExitTrigger.STOP_HIT));
    assertThat(pipeline.lastPlan().getAction()).isEqualTo(PlanAction.FULL_CLOSE);
  }

  /** As above, under the policy that puts risk first. */
  @Test
  void closeAtKillScore0756UnderRiskFirst() {
    pipeline.policy(policy().setClosePolicy("risk_first"));
    PositionLedger row = openLong();

    pipeline.proposal(kill(row, 0.756, 0.1));

    assertThat(pipeline.lastPlan().getQuantity()).isEqualByComparingTo("0.02");
  }

  /** Then: the harvest lane forced every partial close to 100 %. */
  @Test
  void partialCloseThatClosesAll() {
    openLong();
    pipeline.minute(BTC, "73911");

    pipeline.fill(pipeline.lastPlan(), "73911");

    // must hold: a quarter is gone and three quarters are open
    assertThat(pipeline.ledger(BTC).getQuantity()).isEqualByComparingTo("0.015");
    assertThat(pipeline.ledger(BTC).getSide()).isEqualTo(PositionSide.LONG);
  }

  /** Then: each minute's new plan id made the same rung a new one, until nothing was left. */
  @Test
  void sameRungTakenAgainEachMinute() {
    openLong();
    pipeline.minute(BTC, "73911");
    pipeline.fill(pipeline.lastPlan(), "73911");

    // when: the price stays there
    for (int i = 0; i < 5; i++) {
      pipeline.minute(BTC, "73911");
      pipeline.plans().stream()
          .filter(plan -> plan.getAction() == PlanAction.UPDATE_SL)
          .forEach(plan -> pipeline.fill(plan, "73911"));
    }

    // must hold: the rung was taken once
    assertThat(pipeline.ledger(BTC).getQuantity()).isEqualByComparingTo("0.015");
    assertThat(pipeline.ledger(BTC).getRungsTaken()).containsExactly(1);
  }

  /** Then: stops at or below zero, or above the price of a long, were sent as they came. */
  @Test
  void stopPriceBelowZeroOrOnTheWrongSide() {
    for (String stop : List.of("-5", "0", "72000")) {
      pipeline.intent(Given.intent("stop " + stop).setStopLoss(dec(stop)));
      ApplyPlan plan = pipeline.lastPlan();

      // must hold: such a stop is discarded, and the plan has one that protects
      assertThat(plan.getNotes()).contains("STOP_DISCARDED");
      assertThat(plan.getStopPrice()).isPositive().isLessThan(plan.getPrice());
      pipeline.refuse(plan, ResultOutcome.REJECTED);
    }
    PositionLedger row = openLong();
    for (String stop : List.of("-5", "0", "72000")) {
      pipeline.decisions();
      pipeline.proposal(
          of(row, "UPDATE_SL").setTrigger(ExitTrigger.TRAILING_STOP).setNewStop(dec(stop)));
      assertThat(pipeline.codes()).containsExactly("STOP_BEYOND_MARKET");
    }
    assertThat(pipeline.plans()).isEmpty();
  }

  /** Then: a permit lapsed in the queue, the plan was dropped, and nobody tried again. */
  @Test
  void permitThatExpiresBetweenPlanAndExecution() {
    PositionLedger row = openLong();
    pipeline.proposal(stopHit(row));
    ApplyPlan late = pipeline.lastPlan();
    pipeline.refuse(late, ResultOutcome.LAPSED);

    // must hold: the next proposal has a plan of its own, and the position closes
    pipeline.proposal(stopHit(row));
    ApplyPlan again = pipeline.lastPlan();
    assertThat(again.getPlanId()).isNotEqualTo(late.getPlanId());
    pipeline.fill(again, "69500");
    assertThat(pipeline.ledger(BTC).getSide()).isEqualTo(PositionSide.FLAT);
  }

  /** Then: a plan that came twice was executed twice. */
  @Test
  void duplicatePlan() {
    PositionLedger row = openLong();
    pipeline.decisions();

    pipeline.proposal(stopHit(row));
    pipeline.proposal(stopHit(row));

    // must hold: one plan, and the second proposal says why it has none
    assertThat(pipeline.plans()).hasSize(1);
    assertThat(pipeline.codes()).containsExactly("CLOSE_GRANTED", "EXIT_IN_FLIGHT");
  }

  /** Then: close plans carried quantity 0.0, and the exchange was sent 0.000. */
  @Test
  void quantityZeroClose() {
    PositionLedger row = openLong();
    pipeline.proposal(stopHit(row).setQuantity(dec("0")));

    // must hold: the quantity is the ledger's
    assertThat(pipeline.lastPlan().getQuantity()).isEqualByComparingTo("0.02");
    // and a share that rounds to nothing is the smallest order, or all
    pipeline.adopt("DOTUSDT", OrderSide.BUY, "0.002", "71000");
    pipeline.instrument(Given.instrument("DOTUSDT"));
    pipeline.proposal(
        of(pipeline.ledger("DOTUSDT"), "PARTIAL_25")
            .setTrigger(ExitTrigger.RUNG)
            .setRung(1)
            .setShare(0.25));
    assertThat(pipeline.lastPlan().getQuantity()).isBetween(dec("0.001"), dec("0.002"));
  }

  /** Then: a symbol that left the allowlist could not be closed any more. */
  @Test
  void closeRefusedBecauseItsSymbolLeftTheAllowlist() {
    openLong();

    // when: nothing but another symbol may be opened, and the stop is hit
    pipeline.policy(policy().setAllowedSymbols(List.of("ETHUSDT")));
    pipeline.minute(BTC, "69500");

    // must hold: it closes all the same
    assertThat(pipeline.lastPlan().getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    pipeline.intent(closing(BTC, "asked for"));
    assertThat(pipeline.codes())
        .contains("EXIT_IN_FLIGHT")
        .doesNotContain("SYMBOL_NOT_IN_UNIVERSE");
  }

  /** Then: the churn guard took the buy that closes a short for a new entry. */
  @Test
  void antiChurnThatBlocksTheCloseOfAShort() {
    // given: flat a moment ago, which is what the guard is about
    pipeline.adopt(BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.adopt(BTC, OrderSide.SELL, "0.02", "71000");
    pipeline.adopt(BTC, OrderSide.SELL, "0.02", "71000");
    pipeline.decisions();

    // when
    pipeline.intent(
        Given.intent("buy back")
            .setAction(IntentAction.BUY)
            .setSizing(Sizing.QUANTITY)
            .setAmount(dec("0.02")));

    // must hold: reducing is not churning
    ApplyPlan plan = pipeline.lastPlan();
    assertThat(plan.getSide()).isEqualTo(OrderSide.BUY);
    assertThat(plan.getReduceOnly()).isTrue();
    pipeline.fill(plan, "71000");
    pipeline.intent(Given.intent("again"));
    assertThat(pipeline.decisions())
        .extracting(Decision::getCode)
        .as("while an entry is")
        .contains("CHURN_COOLDOWN");
  }

  private PositionLedger openLong() {
    TradeIntent.Builder intent =
        Given.intent("open")
            .setSizing(Sizing.QUANTITY)
            .setAmount(dec("0.02"))
            .setStopLoss(dec("69580"));
    PositionLedger row = pipeline.open(intent, "71000");
    assertThat(row.getQuantity()).isEqualByComparingTo("0.02");
    assertThat(row.getStopPrice()).isEqualByComparingTo(new BigDecimal("69580"));
    return row;
  }

  private static Policy.Builder policy() {
    return Given.policy()
        .setAllowedSymbols(List.of(BTC))
        .setEntriesPerFiveMinutes(20)
        .setEntriesPerHour(20);
  }

  private static TradeIntent.Builder closing(String symbol, String id) {
    return Given.intent(id)
        .setSymbol(symbol)
        .setAction(IntentAction.CLOSE)
        .setSizing(Sizing.NONE)
        .setAmount(null)
        .setLeverage(null);
  }

  private static HarvestProposal.Builder stopHit(PositionLedger row) {
    return of(row, "FULL_CLOSE_PROPOSED").setTrigger(ExitTrigger.STOP_HIT).setShare(1.0);
  }

  private static HarvestProposal.Builder kill(PositionLedger row, double score, double r) {
    return of(row, "FULL_CLOSE_PROPOSED")
        .setTrigger(ExitTrigger.KILL_SCORE)
        .setShare(1.0)
        .setKillScore(score)
        .setRNet(r);
  }

  private static HarvestProposal.Builder of(PositionLedger row, String action) {
    return Given.proposal()
        .setSymbol(row.getSymbol())
        .setPositionId(row.getPositionId())
        .setAction(action);
  }
}
