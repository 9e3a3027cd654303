package io.quantumtrader.topology.decision.harvest;

import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.decision.snapshot.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R, hits and the ladder. */
final class HarvestTest {

  private static HarvestProposal propose(Holding holding, String price) {
    return holding.goTo(price).orElseThrow();
  }

  @Test
  void shouldMeasureProfitAndRiskInOneUnit() {
    // given: a position whose total profit is far below its risk per unit
    Holding holding =
        Holding.of(
            Rows.open(5)
                .setQuantity(dec("0.0025"))
                .setEntryPrice(dec("79465"))
                .setRisk(Holding.risk("77105", "81826")));

    // when
    HarvestProposal proposal = propose(holding, "79915");

    // then: (450 - 79.465) / 2360
    assertThat(proposal.getUnrealizedPnl()).isEqualByComparingTo("1.125");
    assertThat(proposal.getRiskUnit()).isCloseTo(2360, within(1e-9));
    assertThat(proposal.getCostEstimate()).isCloseTo(79.465, within(1e-9));
    assertThat(proposal.getRNet()).isCloseTo(370.535 / 2360, within(1e-12));
    assertThat(proposal.getAction()).isEqualTo("NONE");
    assertThat(proposal.getTrigger()).isEqualTo(ExitTrigger.NONE);
    assertThat(proposal.getShare()).isNull();
    assertThat(proposal.getNewStop()).isNull();
    assertThat(proposal.getStopTrigger()).isEqualTo(ExitTrigger.NONE);
    assertThat(proposal.getReasons()).isEmpty();
  }

  @Test
  void shouldNotScaleRWithTheQuantity() {
    // then
    for (String quantity : List.of("0.001", "1", "250")) {
      Holding holding = Holding.of(PositionSide.LONG).with(row -> row.setQuantity(dec(quantity)));
      assertThat(propose(holding, "1021").getRNet()).isEqualTo(1.0);
    }
  }

  @Test
  void shouldKeepTheRiskOfTheOpenWhenTheStopMoves() {
    // given
    Holding holding = Holding.of(PositionSide.LONG).with(row -> row.setStopPrice(dec("999")));

    // then
    assertThat(propose(holding, "1021").getRNet()).isEqualTo(1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "1040.9, NONE, 0, ",
    "1041, PARTIAL_25, 1, 0.25",
    "1041.1, PARTIAL_25, 1, 0.25",
    "1081, PARTIAL_25, 1, 0.25",
    "1121, PARTIAL_25, 1, 0.25"
  })
  void shouldTakeTheLowestRungFirst(String price, String action, int rung, Double share) {
    for (PositionSide side : List.of(PositionSide.LONG, PositionSide.SHORT)) {
      // given: no move of the stop is worth an order
      Holding holding =
          Holding.of(side).under(policy -> policy.setHarvestLockR(99).setHarvestTrailR(99));

      // when
      HarvestProposal proposal = propose(holding, Holding.of(side, price));

      // then
      assertThat(proposal.getAction()).isEqualTo(action);
      assertThat(proposal.getRung()).isEqualTo(rung);
      assertThat(proposal.getShare()).isEqualTo(share);
      assertThat(proposal.getTrigger()).isEqualTo(rung == 0 ? ExitTrigger.NONE : ExitTrigger.RUNG);
      assertThat(proposal.getReasons())
          .isEqualTo(rung == 0 ? List.of() : List.of("harvest_partial_25"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1080.9, NONE, 0",
    "1, 1081, PARTIAL_50, 2",
    "1 2, 1120.9, NONE, 0",
    "1 2, 1121, PARTIAL_75, 3",
    "2, 1081, PARTIAL_25, 1",
    "1 2 3, 1150, NONE, 0"
  })
  void shouldTakeEachRungOnce(String taken, String price, String action, int rung) {
    // given
    List<Integer> rungs = List.of(taken.split(" ")).stream().map(Integer::valueOf).toList();
    Holding holding =
        Holding.of(PositionSide.LONG)
            .under(policy -> policy.setHarvestLockR(99).setHarvestTrailR(99))
            .with(row -> row.setRungsTaken(rungs));

    // when
    HarvestProposal proposal = propose(holding, price);

    // then
    assertThat(proposal.getAction()).isEqualTo(action);
    assertThat(proposal.getRung()).isEqualTo(rung);
  }

  @Test
  void shouldNameTheSharesOfThePolicy() {
    // given
    Holding holding =
        Holding.of(PositionSide.LONG)
            .under(policy -> policy.setHarvestShares(List.of(0.3, 0.75, 1.0)));

    // when
    HarvestProposal proposal = propose(holding, "1041");

    // then
    assertThat(proposal.getAction()).isEqualTo("PARTIAL_30");
    assertThat(proposal.getShare()).isEqualTo(0.3);
    assertThat(proposal.getReasons()).startsWith("harvest_partial_30");
  }

  @ParameterizedTest
  @CsvSource({
    "980.1, NONE, NONE, ''",
    "980, FULL_CLOSE_PROPOSED, STOP_HIT, stop_hit",
    "979.9, FULL_CLOSE_PROPOSED, STOP_HIT, stop_hit",
    "1159.9, PARTIAL_25, RUNG, harvest_partial_25",
    "1160, FULL_CLOSE_PROPOSED, TARGET_HIT, target_hit",
    "1160.1, FULL_CLOSE_PROPOSED, TARGET_HIT, target_hit"
  })
  void shouldCloseAtStopAndTarget(
      String price, String action, ExitTrigger trigger, String firstReason) {
    for (PositionSide side : List.of(PositionSide.LONG, PositionSide.SHORT)) {
      // when
      HarvestProposal proposal = propose(Holding.of(side), Holding.of(side, price));

      // then
      assertThat(proposal.getAction()).isEqualTo(action);
      assertThat(proposal.getTrigger()).isEqualTo(trigger);
      if (!firstReason.isEmpty()) {
        assertThat(proposal.getReasons()).startsWith(firstReason);
      }
      if (action.equals("FULL_CLOSE_PROPOSED")) {
        assertThat(proposal.getShare()).isEqualTo(1.0);
        assertThat(proposal.getRung()).isZero();
      }
    }
  }

  @Test
  void shouldGoByTheStopAndTargetInPlace() {
    // given
    Holding moved =
        Holding.of(PositionSide.LONG)
            .with(row -> row.setStopPrice(dec("1010")).setTargetPrice(dec("1015")));

    // then
    assertThat(propose(moved, "1012").getTrigger()).isEqualTo(ExitTrigger.NONE);
    assertThat(propose(moved, "1010").getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
    assertThat(propose(moved, "1015").getTrigger()).isEqualTo(ExitTrigger.TARGET_HIT);
  }

  @Test
  void shouldStillCloseAtStopAndTargetWithoutAMarketState() {
    // then
    assertThat(propose(Holding.of(PositionSide.LONG).withoutState(), "980").getTrigger())
        .isEqualTo(ExitTrigger.STOP_HIT);
    assertThat(propose(Holding.of(PositionSide.LONG).withoutState(), "1160").getTrigger())
        .isEqualTo(ExitTrigger.TARGET_HIT);
  }

  @ParameterizedTest
  @CsvSource({"LONG, 980.1, NONE", "LONG, 980, STOP_HIT", "SHORT, 1020, STOP_HIT"})
  void shouldNotPassOverAPositionWithoutRiskData(
      PositionSide side, String price, ExitTrigger trigger) {
    // given: 2 percent of 1000 are the same 20
    Holding none = Holding.of(side).with(row -> row.setRisk(null));
    Holding atEntry =
        Holding.of(side)
            .with(row -> row.setRisk(Holding.risk("1000", null)).setStopPrice(dec(stop(side))));

    // then
    for (Holding holding : List.of(none, atEntry)) {
      HarvestProposal proposal = propose(holding, price);
      assertThat(proposal.getTrigger()).isEqualTo(trigger);
      assertThat(proposal.getRiskUnit()).isEqualTo(20);
      assertThat(proposal.getTarget()).isNull();
    }
  }

  @Test
  void shouldNotShowAStopThatIsNotInPlace() {
    // given
    Holding bare = Holding.of(PositionSide.LONG).with(row -> row.setRisk(null));

    // then: 980 is what closes it, not where an order lies
    assertThat(propose(bare, "1000").getCurrentStop()).isNull();
    assertThat(propose(bare, "980").getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
  }

  private static String stop(PositionSide side) {
    return side == PositionSide.LONG ? "980" : "1020";
  }

  @Test
  void shouldSayWhatItWasDecidedOn() {
    // when
    Holding holding = Holding.of(PositionSide.LONG);
    HarvestProposal proposal = propose(holding, "1021");

    // then
    assertThat(proposal.getAccount()).isEqualTo("main");
    assertThat(proposal.getPositionId()).isEqualTo("main:BTCUSDT:1");
    assertThat(proposal.getSide()).isEqualTo(PositionSide.LONG);
    assertThat(proposal.getQuantity()).isEqualByComparingTo("1");
    assertThat(proposal.getEntryPrice()).isEqualByComparingTo("1000");
    assertThat(proposal.getMarkPrice()).isEqualByComparingTo("1021");
    assertThat(proposal.getCurrentStop()).isEqualByComparingTo("980");
    assertThat(proposal.getTarget()).isEqualByComparingTo("1160");
    assertThat(proposal.getSigma()).isEqualTo(0.001);
    assertThat(proposal.getPTrend()).isEqualTo(0.5);
    assertThat(proposal.getAgeMs()).isEqualTo(60_000);
    assertThat(proposal.getPolicyVersion()).isEqualTo(7);
    assertThat(proposal.getCalibration()).isNull();
  }
}
