package io.quantumtrader.topology.decision.harvest;

import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PositionSide;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profit lock and trailing stop. */
final class StopMoveTest {

  private static HarvestProposal propose(Holding holding, String price) {
    return holding.goTo(price).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1030.9, ", "1031, 1002", "1031.1, 1002"})
  void shouldGoToBreakEvenFromTheLockOn(String price, String stop) {
    for (PositionSide side : List.of(PositionSide.LONG, PositionSide.SHORT)) {
      // when: without a market state nothing trails
      HarvestProposal proposal = propose(Holding.of(side).withoutState(), Holding.of(side, price));

      // then
      if (stop == null) {
        assertThat(proposal.getNewStop()).isNull();
        assertThat(proposal.getAction()).isEqualTo("NONE");
      } else {
        assertThat(proposal.getNewStop()).isEqualByComparingTo(Holding.of(side, stop));
        assertThat(proposal.getAction()).isEqualTo("UPDATE_SL");
        assertThat(proposal.getTrigger()).isEqualTo(ExitTrigger.PROFIT_LOCK);
        assertThat(proposal.getStopTrigger()).isEqualTo(ExitTrigger.PROFIT_LOCK);
        assertThat(proposal.getShare()).isNull();
        assertThat(proposal.getReasons()).containsExactly("profit_lock");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LONG, 1020.9, ",
    "LONG, 1021, 1015.5",
    "LONG, 1032, 1026.5",
    "SHORT, 979.1, ",
    "SHORT, 979, 984",
    "SHORT, 968, 973"
  })
  void shouldTrailOnceThePositionHasEarnedIt(PositionSide side, String price, String stop) {
    // when: half a percent behind 1021 is 1015.895, ahead of 979 it is 983.895
    HarvestProposal proposal = propose(Holding.of(side), price);

    // then
    if (stop == null) {
      assertThat(proposal.getNewStop()).isNull();
    } else {
      assertThat(proposal.getNewStop()).isEqualByComparingTo(stop);
      assertThat(proposal.getAction()).isEqualTo("UPDATE_SL");
      assertThat(proposal.getTrigger()).isEqualTo(ExitTrigger.TRAILING_STOP);
      assertThat(proposal.getStopTrigger()).isEqualTo(ExitTrigger.TRAILING_STOP);
      assertThat(proposal.getReasons()).containsExactly("trail_active");
    }
  }

  @Test
  void shouldTakeTheTighterOfLockAndTrail() {
    // given: a gap of 1.29 x 0.03 = 3.87 %, which from 1031 is below break-even, from 1045 above it
    Holding wild =
        Holding.of(PositionSide.LONG)
            .in(Holding.calm().setSigma(0.03))
            .under(policy -> policy.setKillThreshold(1).setHarvestRungs(List.of(9.0, 9.0, 9.0)));

    // when
    HarvestProposal lock = propose(wild, "1031");
    HarvestProposal trail = propose(wild, "1045");

    // then
    assertThat(lock.getStopTrigger()).isEqualTo(ExitTrigger.PROFIT_LOCK);
    assertThat(lock.getNewStop()).isEqualByComparingTo("1002");
    assertThat(trail.getStopTrigger()).isEqualTo(ExitTrigger.TRAILING_STOP);
    assertThat(trail.getNewStop()).isEqualByComparingTo("1004.5");
  }

  @Test
  void shouldTakeTheSmallestGapFromThePolicy() {
    // given
    Holding holding = Holding.of(PositionSide.LONG).under(policy -> policy.setStopMinPct(0.01));

    // then: 1031 x 0.99 = 1020.69
    assertThat(propose(holding, "1031").getNewStop()).isEqualByComparingTo("1020.5");
  }

  @ParameterizedTest
  @CsvSource({"1024, true", "1024.5, true", "1025, false", "1025.5, false", "1026, false"})
  void shouldOnlyMoveByWhatIsWorthAnOrder(String current, boolean moves) {
    // given: a step is 0.05 R = 1
    Holding holding = Holding.of(PositionSide.LONG).with(row -> row.setStopPrice(dec(current)));

    // when
    HarvestProposal proposal = propose(holding, "1031");

    // then
    assertThat(proposal.getNewStop() != null).isEqualTo(moves);
    assertThat(proposal.getAction()).isEqualTo(moves ? "UPDATE_SL" : "NONE");
  }

  @Test
  void shouldNotProposeTheSameStopAgainBecauseItWasRounded() {
    // given: break-even is 1002, rounded down to 1001
    Holding holding =
        Holding.of(PositionSide.LONG)
            .withoutState()
            .withTick("7")
            .under(policy -> policy.setProposalStepR(0))
            .with(row -> row.setStopPrice(dec("1001")));

    // then
    assertThat(propose(holding, "1031").getNewStop()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1002.4, 0.5, ", "1002.5, 0.5, 1002", "1002, , ", "1002.000001, , 1002"})
  void shouldStayATickAwayFromTheMarket(String price, String tick, String stop) {
    for (PositionSide side : List.of(PositionSide.LONG, PositionSide.SHORT)) {
      // given: locked at any price
      Holding holding =
          Holding.of(side)
              .withoutState()
              .withTick(tick)
              .under(policy -> policy.setHarvestLockR(-9).setHarvestTrailR(-9));

      // when
      HarvestProposal proposal = propose(holding, Holding.of(side, price));

      // then
      if (stop == null) {
        assertThat(proposal.getNewStop()).isNull();
      } else {
        assertThat(proposal.getNewStop()).isEqualByComparingTo(Holding.of(side, stop));
      }
    }
  }

  @Test
  void shouldFallBackToTheLockWhereThePriceHasPassedTheTrail() {
    // given: the peak at 1200 puts the trailing stop at 1194
    Holding holding =
        Holding.of(PositionSide.LONG)
            .under(policy -> policy.setHarvestRungs(List.of(99.0, 99.0, 99.0)))
            .with(row -> row.setTargetPrice(dec("5000")));
    propose(holding, "1200");

    // when
    HarvestProposal proposal = propose(holding, "1100");

    // then
    assertThat(proposal.getNewStop()).isEqualByComparingTo("1002");
    assertThat(proposal.getStopTrigger()).isEqualTo(ExitTrigger.PROFIT_LOCK);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldOnlyEverTighten(long seed) {
    // given
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    PositionSide side = seed % 2 == 0 ? PositionSide.LONG : PositionSide.SHORT;
    boolean hasTick = random.nextInt(4) > 0;
    Holding holding =
        Holding.of(side)
            .withTick(hasTick ? "0.1" : null)
            .under(
                policy ->
                    policy.setHarvestLockR(0.2).setHarvestTrailR(0.2).setProposalHeartbeatMs(1))
            .with(row -> row.setTargetPrice(dec(side == PositionSide.LONG ? "9000" : "1")));
    double price = 1000;
    int moved = 0;

    // when
    for (int i = 0; i < 2_000; i++) {
      price = Math.clamp(price * (1 + random.nextGaussian() * 0.004), 500, 2000);
      String mark = "%.2f".formatted(price);
      holding.in(Holding.calm().setSigma(random.nextDouble() * 0.02));
      HarvestProposal proposal = propose(holding, mark);
      if (proposal.getNewStop() == null) {
        continue;
      }

      // then
      moved++;
      int direction = side == PositionSide.LONG ? 1 : -1;
      double step =
          direction * proposal.getNewStop().subtract(proposal.getCurrentStop()).doubleValue();
      double room = direction * dec(mark).subtract(proposal.getNewStop()).doubleValue();
      assertThat(step).isGreaterThanOrEqualTo(0.05 * proposal.getRiskUnit() - 1e-9);
      assertThat(room).isGreaterThan(0);
      if (hasTick) {
        assertThat(room).isGreaterThanOrEqualTo(0.1);
        assertThat(proposal.getNewStop().remainder(dec("0.1"))).isEqualByComparingTo("0");
      }
      if (random.nextBoolean()) {
        holding.with(row -> row.setStopPrice(proposal.getNewStop()));
      }
    }
    assertThat(moved).isPositive();
  }
}
