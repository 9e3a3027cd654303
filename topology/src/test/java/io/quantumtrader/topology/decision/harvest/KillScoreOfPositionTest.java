package io.quantumtrader.topology.decision.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kill score of an open position. */
final class KillScoreOfPositionTest {

  private static final MarketState.Builder TRENDLESS =
      Holding.calm().setPTrend(0.2).setPMr(0.3).setPChop(0.5);

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static HarvestProposal propose(Holding holding, String price) {
    return holding.goTo(price).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"trend, 1", "mr, 0", "chop, 0", ", 0"})
  void shouldCountALostTrendOnlyWhereThereWasOne(String opened, double flip) {
    // given
    Holding holding =
        Holding.of(PositionSide.LONG).in(TRENDLESS).with(row -> row.setOpenedRegime(opened));

    // when
    HarvestProposal proposal = propose(holding, "1000");

    // then: a minute of age weighs 0.3 / 1440
    assertThat(proposal.getKRegimeFlip()).isEqualTo(flip);
    assertThat(proposal.getKillScore()).isCloseTo(sigmoid(flip + 0.3 / 1440), within(1e-12));
    assertThat(proposal.getTrigger())
        .isEqualTo(flip == 1 ? ExitTrigger.KILL_SCORE : ExitTrigger.NONE);
  }

  @Test
  void shouldExplainTheClose() {
    // given
    Holding holding =
        Holding.of(PositionSide.LONG).in(TRENDLESS).with(row -> row.setOpenedRegime("trend"));

    // when
    HarvestProposal proposal = propose(holding, "1000");

    // then
    assertThat(proposal.getAction()).isEqualTo("FULL_CLOSE_PROPOSED");
    assertThat(proposal.getShare()).isEqualTo(1.0);
    assertThat(proposal.getReasons()).containsExactly("kill_score_triggered", "regime_flip");
  }

  @ParameterizedTest
  @CsvSource({"-1e-9, FULL_CLOSE_PROPOSED", "0, FULL_CLOSE_PROPOSED", "1e-9, NONE"})
  void shouldCloseFromTheThresholdOn(double above, String action) {
    // given: twice the reference of a quarter of an hour
    MarketState.Builder market =
        Holding.calm().setIntervalMs(Given.HOUR / 4).setSigma(0.01).setTs(0.15);
    double score =
        propose(Holding.of(PositionSide.LONG).in(market).under(p -> p.setKillThreshold(1)), "1000")
            .getKillScore();
    Holding holding =
        Holding.of(PositionSide.LONG).in(market).under(p -> p.setKillThreshold(score + above));

    // when
    HarvestProposal proposal = propose(holding, "1000");

    // then
    assertThat(score).isCloseTo(sigmoid(0.5 + 0.3 / 1440), within(1e-12));
    assertThat(proposal.getAction()).isEqualTo(action);
  }

  @Test
  void shouldScaleTheReferencesOfThePolicyToTheInterval() {
    // given: per quarter of an hour 0.02 and 0.2
    Holding holding =
        Holding.of(PositionSide.LONG)
            .in(Holding.calm().setIntervalMs(Given.HOUR / 4).setSigma(0.03).setTs(0.05))
            .under(policy -> policy.setKillSigmaRef(0.04).setKillTsRef(0.4));

    // when
    HarvestProposal proposal = propose(holding, "1000");

    // then
    assertThat(proposal.getKSigmaSpike()).isCloseTo(0.5, within(1e-12));
    assertThat(proposal.getKTsDrop()).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void shouldNotFailOnAReferenceOfZero() {
    // given
    Holding holding = Holding.of(PositionSide.LONG).under(policy -> policy.setKillSigmaRef(0));

    // then
    assertThat(propose(holding, "1000").getKSigmaSpike()).isZero();
  }

  @Test
  void shouldCloseForNoScoreWithoutAMarketState() {
    // given: a threshold that every score reaches
    Holding holding =
        Holding.of(PositionSide.LONG)
            .withoutState()
            .with(row -> row.setOpenedRegime("trend"))
            .under(policy -> policy.setKillThreshold(0.1));

    // when
    HarvestProposal proposal = propose(holding, "1000");

    // then
    assertThat(proposal.getAction()).isEqualTo("NONE");
    assertThat(proposal.getKRegimeFlip()).isZero();
    assertThat(proposal.getKSigmaSpike()).isZero();
    assertThat(proposal.getKTsDrop()).isZero();
    assertThat(proposal.getKAgePenalty()).isZero();
    assertThat(proposal.getSigma()).isZero();
  }

  @Test
  void shouldComeBeforeARungAndAfterAStop() {
    // given
    Holding inProfit =
        Holding.of(PositionSide.LONG).in(TRENDLESS).with(row -> row.setOpenedRegime("trend"));
    Holding atStop =
        Holding.of(PositionSide.LONG).in(TRENDLESS).with(row -> row.setOpenedRegime("trend"));

    // when
    HarvestProposal close = propose(inProfit, "1041");
    HarvestProposal stop = propose(atStop, "980");

    // then: the tighter stop stands beside the close, for the gate that may hold it back
    assertThat(close.getTrigger()).isEqualTo(ExitTrigger.KILL_SCORE);
    assertThat(close.getRung()).isZero();
    assertThat(close.getNewStop()).isNotNull();
    assertThat(close.getReasons())
        .containsExactly(
            "harvest_partial_25", "trail_active", "kill_score_triggered", "regime_flip");
    assertThat(stop.getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
    assertThat(stop.getReasons())
        .containsExactly("stop_hit", "kill_score_triggered", "regime_flip");
  }
}
