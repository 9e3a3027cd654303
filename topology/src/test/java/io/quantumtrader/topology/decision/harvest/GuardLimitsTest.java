package io.quantumtrader.topology.decision.harvest;

import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.snapshot.PositionRows;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guard, the ladder and the risk of a position do at their limits. */
final class GuardLimitsTest {

  private static boolean isDue(String last, String next) {
    OpenPosition position =
        OpenPosition.newBuilder(
                PositionRows.after(Optional.empty(), Given.longBtc().build(), Optional.empty())
                    .orElseThrow())
            .setProposedAction("NONE")
            .setProposedStop(last == null ? null : dec(last))
            .setProposedR(0.4645)
            .setProposedAtMs(NOON)
            .build();
    HarvestProposal proposal = Given.proposal().setNewStop(next == null ? null : dec(next)).build();
    return ProposalGuard.isDue(position, proposal, Given.policy().setProposalStepR(0.05).build());
  }

  @ParameterizedTest
  @CsvSource({
    // 0.05 of a risk of 2000 is 100
    "70000, 70000, false",
    "70000, 70099.99, false",
    "70000, 70100, true",
    "70000, 69900.01, false",
    "70000, 69900, true",
    "70000, , true",
    ", 70000, true",
    ", , false"
  })
  void shouldSendAStopThatMovedByAStep(String last, String next, boolean due) {
    assertThat(isDue(last, next)).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0.01", "0.999, 0.999", "1, 0.02", "0, 0.02", "-0.01, 0.02", "1.5, 0.02"})
  void shouldFallBackToADistanceBetweenNothingAndAll(double policy, double distance) {
    assertThat(OpenRisk.fallback(Given.policy().setAdoptedStopPct(policy).build()))
        .isEqualTo(distance);
  }

  @ParameterizedTest
  @CsvSource({"69000, 0.028169014084507043", "71000, 0.05", "0, 0.05", "71710, 0.01"})
  void shouldRiskTheDistanceOfTheFirstStopWhereThereIsOne(String stop, double distance) {
    // given
    PositionLedger row = Given.longBtc().setRisk(Holding.risk(stop, null)).build();

    // then
    assertThat(OpenRisk.distance(row, Given.policy().setAdoptedStopPct(0.05).build()))
        .isEqualTo(distance);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "-0.1, 2", "0.01, 1", "1, 1", "1.01, 2"})
  void shouldPassOverARungWithoutAUsableShare(double share, int rung) {
    // given
    Policy policy =
        Given.policy()
            .setHarvestRungs(List.of(2.0, 2.0))
            .setHarvestShares(List.of(share, 0.5))
            .build();

    // then
    assertThat(Ladder.next(2, List.of(), policy)).map(Ladder.Rung::number).contains(rung);
    assertThat(Ladder.next(1.99, List.of(), policy)).isEmpty();
  }
}
