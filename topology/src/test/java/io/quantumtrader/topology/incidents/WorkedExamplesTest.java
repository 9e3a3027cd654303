package io.quantumtrader.topology.incidents;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.topology.Given;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Positions from open to close, with every number worked out by hand. */
class WorkedExamplesTest {

  @TempDir Path directory;

  /** Long 0.0025 at 79465, stop 77105, target 81826: R is 2360 a coin, costs are 79.465. */
  @Test
  void shouldHoldAtASeventhOfRAndBeClosedByTheStop() {
    try (WholePipeline pipeline = open("79465", "0.0025", "77105", "81826")) {
      // when: the price goes to 79915
      pipeline.minute(BTC, "79915");

      // then: gross 1.125, R = (450 - 79.465) / 2360, no close
      PositionSnapshot snapshot = pipeline.snapshots().getLast();
      HarvestProposal proposal = pipeline.proposals().getLast();
      assertThat(snapshot.getUnrealizedPnl()).isEqualByComparingTo("1.125");
      assertThat(proposal.getRNet()).isCloseTo(0.15700635593220338, within(1e-12));
      assertThat(proposal.getAction()).isEqualTo("NONE");
      assertThat(pipeline.plans()).isEmpty();

      // when: down through the stop, which rests at the exchange
      pipeline.stopFires(BTC);

      // then: realised (77105 - 79465) x 0.0025; fees 0.0004 x 0.0025 x (79465 + 77105)
      PositionLedger row = pipeline.ledger(BTC);
      assertThat(row.getSide()).isEqualTo(PositionSide.FLAT);
      assertThat(row.getRealizedPnl()).isEqualByComparingTo("-5.9");
      assertThat(row.getFees()).isEqualByComparingTo("0.15657");
      assertThat(row.getRealizedPnl().subtract(row.getFees())).isEqualByComparingTo("-6.05657");
      pipeline.minute(BTC, "77000");
      assertThat(pipeline.plans()).as("nothing is closed twice").isEmpty();
    }
  }

  /**
   * Long 0.1 at 70000, stop 69000: R is 1000 a coin, costs are 70. The rungs lie at 72070, 74070
   * and 76070. A quarter, a half and three quarters of what is then open leave 0.075, 0.038 and
   * 0.010 in steps of 0.001, since each close is rounded down.
   */
  @Test
  void shouldClimbTheLadderAndFallBackIntoTheTrailingStop() {
    try (WholePipeline pipeline = open("70000", "0.1", "69000", "90000")) {
      // one step below the first rung: the stop goes to break-even or closer, nothing is closed
      climb(pipeline, "72069.9");
      assertThat(pipeline.ledger(BTC).getQuantity()).isEqualByComparingTo("0.1");
      assertThat(pipeline.ledger(BTC).getStopPrice()).isGreaterThanOrEqualTo(dec("70140"));

      // 2R: 0.025 at 72070 realises 51.75
      ApplyPlan first = rung(pipeline, "72070", 1, "0.025");
      assertThat(first.getRNet()).isCloseTo(2.0, within(1e-9));
      assertThat(pipeline.ledger(BTC).getRealizedPnl()).isEqualByComparingTo("51.75");

      // 4R: half of 0.075 is 0.0375, in steps 0.037; at 74070 it realises 150.59
      rung(pipeline, "74070", 2, "0.037");
      assertThat(pipeline.ledger(BTC).getRealizedPnl()).isEqualByComparingTo("202.34");

      // 6R: three quarters of 0.038 are 0.0285, in steps 0.028; at 76070 it realises 169.96
      rung(pipeline, "76070", 3, "0.028");
      PositionLedger row = pipeline.ledger(BTC);
      assertThat(row.getRealizedPnl()).isEqualByComparingTo("372.3");
      assertThat(row.getRungsTaken()).containsExactly(1, 2, 3);
      assertThat(row.getQuantity()).isEqualByComparingTo("0.01");

      // the stop has followed the price and now closes the rest
      climb(pipeline, "76075");
      row = pipeline.ledger(BTC);
      // 478.9 below the best price, which is the gap of the stops kernel at this state's sigma
      assertThat(row.getStopPrice()).isEqualByComparingTo("75596.1");
      assertThat(row.getRisk().getInitialStop()).as("R stays what it was").isEqualTo(dec("69000"));
      pipeline.stopFires(BTC);
      PositionLedger flat = pipeline.ledger(BTC);
      assertThat(flat.getSide()).isEqualTo(PositionSide.FLAT);
      assertThat(flat.getRungsTaken()).as("the next position has its own ladder").isEmpty();
      // 0.01 at 75596.1 realises 55.961 more
      assertThat(flat.getRealizedPnl()).isEqualByComparingTo("428.261");
    }
  }

  private WholePipeline open(String price, String quantity, String stop, String target) {
    WholePipeline pipeline = new WholePipeline(directory).policy(policy()).warm(BTC, price);
    pipeline.instrument(
        Given.instrument(BTC).setStepSize(step(quantity)).setMinQuantity(step(quantity)));
    pipeline.clock();
    pipeline.open(
        Given.intent("open")
            .setSizing(Sizing.QUANTITY)
            .setAmount(dec(quantity))
            .setStopLoss(dec(stop))
            .setTakeProfit(dec(target)),
        price);
    assertThat(pipeline.ledger(BTC).getQuantity()).isEqualByComparingTo(quantity);
    return pipeline;
  }

  private static BigDecimal step(String quantity) {
    return quantity.equals("0.0025") ? dec("0.0001") : dec("0.001");
  }

  /**
   * Leaps are what the ladder is climbed by here, and leaps raise the kill score, so its close is
   * out of reach.
   */
  private static Policy.Builder policy() {
    return Given.policy()
        .setAllowedSymbols(List.of(BTC))
        .setMaxNotionalPerOrder(10_000)
        .setMaxSymbolShare(1)
        .setKillThreshold(1.0);
  }

  private static ApplyPlan rung(WholePipeline pipeline, String price, int rung, String quantity) {
    pipeline.minute(BTC, price);
    ApplyPlan plan = pipeline.lastPlan();
    assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.RUNG);
    assertThat(plan.getRung()).isEqualTo(rung);
    assertThat(plan.getQuantity()).isEqualByComparingTo(quantity);
    pipeline.fill(plan, price);
    return plan;
  }

  /** Goes to a price at which nothing may be closed; stops that move are moved. */
  private static void climb(WholePipeline pipeline, String price) {
    pipeline.minute(BTC, price);
    for (ApplyPlan plan : pipeline.plans()) {
      assertThat(plan.getAction()).isEqualTo(PlanAction.UPDATE_SL);
      pipeline.fill(plan, price);
    }
  }
}
