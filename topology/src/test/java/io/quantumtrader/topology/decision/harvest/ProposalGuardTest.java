package io.quantumtrader.topology.decision.harvest;

import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.decision.snapshot.PositionRows;
import io.quantumtrader.topology.decision.snapshot.Rows;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a proposal goes out. */
final class ProposalGuardTest {

  private static final long SECOND = 1_000;

  /** A position without a state, whose first proposal, NONE at this price, went out. */
  private static Holding proposedAt(String price) {
    Holding holding = Holding.of(PositionSide.LONG).withoutState();
    assertThat(holding.goTo(price)).isPresent();
    return holding;
  }

  @Test
  void shouldSendTheFirst() {
    // given
    Holding holding = Holding.of(PositionSide.LONG);

    // when
    HarvestProposal first = holding.goTo("1000").orElseThrow();

    // then
    assertThat(holding.position().getProposedAction()).isEqualTo("NONE");
    assertThat(holding.position().getProposedR()).isEqualTo(first.getRNet());
    assertThat(holding.position().getProposedAtMs()).isEqualTo(first.getAsOfMs());
    assertThat(holding.position().getProposedStop()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"59999, false", "60000, true", "60001, true"})
  void shouldBeatOnceAMinute(long laterMs, boolean sent) {
    assertThat(proposedAt("1000").goTo("1000", laterMs).isPresent()).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "1001.75, false",
    "1002, true",
    "1002.25, true",
    "1000.25, false",
    "1000, true",
    "999.75, true"
  })
  void shouldSendAStepOfRFromTheLastThatWentOut(String price, boolean sent) {
    // given: a step that doubles hold exactly, 1/20 of 20; R was 0 at 1001
    Holding holding = proposedAt("1001");

    // when
    Optional<HarvestProposal> next = holding.goTo(price, SECOND);

    // then
    assertThat(next.isPresent()).isEqualTo(sent);
  }

  @Test
  void shouldMeasureStepsFromWhatWentOutAndNotFromTheLastPrice() {
    // given
    Holding holding = proposedAt("1001");

    // then
    assertThat(holding.goTo("1001.75", SECOND)).isEmpty();
    assertThat(holding.goTo("1002.25", SECOND)).isPresent();
    assertThat(holding.goTo("1002.75", SECOND)).isEmpty();
  }

  @Test
  void shouldSendAChangeOfActionAtOnce() {
    // given: R 1.975 and 2, less than a step apart
    Holding holding =
        Holding.of(PositionSide.LONG)
            .withoutState()
            .under(p -> p.setHarvestLockR(99).setHarvestTrailR(99));
    holding.goTo("1040.5");

    // when
    Optional<HarvestProposal> reached = holding.goTo("1041", SECOND);
    Optional<HarvestProposal> again = holding.goTo("1041", SECOND);
    holding.with(row -> row.setRungsTaken(List.of(1)));
    Optional<HarvestProposal> taken = holding.goTo("1041", SECOND);

    // then
    assertThat(reached.orElseThrow().getAction()).isEqualTo("PARTIAL_25");
    assertThat(again).isEmpty();
    assertThat(taken.orElseThrow().getAction()).isEqualTo("NONE");
  }

  @Test
  void shouldSendTheNextRungOfTheSameShareAtOnce() {
    // given
    Holding holding =
        Holding.of(PositionSide.LONG)
            .withoutState()
            .under(
                p ->
                    p.setHarvestLockR(99)
                        .setHarvestTrailR(99)
                        .setHarvestShares(List.of(0.5, 0.5, 0.5)));
    assertThat(holding.goTo("1081").orElseThrow().getRung()).isEqualTo(1);

    // when
    holding.with(row -> row.setRungsTaken(List.of(1)));

    // then
    assertThat(holding.goTo("1081", SECOND).orElseThrow().getRung()).isEqualTo(2);
  }

  @Test
  void shouldSendAStopHitAtOnceAfterAKillScoreThatMayBeHeldBack() {
    // given: R of the two less than a step apart
    Holding holding = Holding.of(PositionSide.LONG).under(p -> p.setKillThreshold(0.1));
    assertThat(holding.goTo("980.25").orElseThrow().getTrigger()).isEqualTo(ExitTrigger.KILL_SCORE);

    // when
    Optional<HarvestProposal> hit = holding.goTo("980", SECOND);

    // then
    assertThat(hit.orElseThrow().getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
  }

  @Test
  void shouldSendANewStopOnlyWhereItMovedByAStep() {
    // given: the step of R far away, that of the stop as well as none
    Holding holding =
        Holding.of(PositionSide.LONG)
            .withTick("0.1")
            .under(p -> p.setHarvestRungs(List.of(99.0, 99.0, 99.0)));
    assertThat(holding.goTo("1031").orElseThrow().getNewStop()).isEqualByComparingTo("1025.8");

    // then: 1026.3 is half a unit further, 1026.9 more than one
    assertThat(holding.goTo("1031.5", SECOND)).isEmpty();
    assertThat(holding.goTo("1032.1", SECOND).orElseThrow().getNewStop())
        .isEqualByComparingTo("1026.9");
  }

  @Test
  void shouldSendThatTheStopWasMoved() {
    // given
    Holding holding = Holding.of(PositionSide.LONG);
    holding.goTo("1031");

    // when
    holding.with(row -> row.setStopPrice(dec("1025.5")));

    // then
    HarvestProposal next = holding.goTo("1031", SECOND).orElseThrow();
    assertThat(next.getAction()).isEqualTo("NONE");
    assertThat(next.getCurrentStop()).isEqualByComparingTo("1025.5");
  }

  @Test
  void shouldForgetWithTheNextPosition() {
    // given
    OpenPosition known = proposedAt("1000").position();

    // when
    OpenPosition next =
        PositionRows.after(
                Optional.of(known), Rows.open(9).setOpenSequence(2).build(), Optional.empty())
            .orElseThrow();

    // then
    assertThat(known.getProposedAction()).isNotEmpty();
    assertThat(next.getProposedAction()).isEmpty();
  }
}
