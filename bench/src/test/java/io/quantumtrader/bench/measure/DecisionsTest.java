package io.quantumtrader.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Verdict;
import org.junit.jupiter.api.Test;

/** What is measured has to be what its name says. */
final class DecisionsTest {

  @Test
  void shouldGrantTheEntryThatIsMeasuredAsGranted() {
    EntryDecision.Outcome outcome = EntryDecision.granted().decide();

    assertThat(outcome.decision().getVerdict()).isEqualTo(Verdict.GRANTED);
    assertThat(outcome.grant().orElseThrow().plan().getAction()).isEqualTo(PlanAction.ENTRY);
  }

  @Test
  void shouldDenyTheEntryThatIsMeasuredAsDenied() {
    EntryDecision.Outcome outcome = EntryDecision.denied().decide();

    assertThat(outcome.decision().getCode()).isEqualTo("SYMBOL_NOT_IN_UNIVERSE");
    assertThat(outcome.grant()).isEmpty();
  }

  @Test
  void shouldPlanTheCloseThatIsMeasured() {
    assertThat(new ExitDecision().decide().getAction()).isEqualTo(PlanAction.FULL_CLOSE);
  }
}
