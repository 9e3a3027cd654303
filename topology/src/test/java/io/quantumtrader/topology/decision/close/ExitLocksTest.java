package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A lock takes a symbol out of harvesting, and holds nothing else back. */
final class ExitLocksTest extends ExitLayerCases {

  static Stream<HarvestProposal.Builder> proposals() {
    return Stream.of(close(), rung(1), stop("70500"));
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void shouldDoNothingOfWhatHarvestProposesInALockedSymbol(HarvestProposal.Builder proposal) {
    locks = List.of(Given.lock(BTC, false, true, null));

    assertThat(denial(proposal).map(Finding::code)).contains(ReasonCode.EXIT_LOCKED);
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void shouldDoItUnderALockOfEntries(HarvestProposal.Builder proposal) {
    locks = List.of(Given.lock(BTC, true, false, null));

    assertThat(denial(proposal)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, false", "1, true"})
  void shouldHoldBeforeTheLockEnds(long after, boolean held) {
    locks = List.of(Given.lock(BTC, false, true, NOON + after));

    assertThat(denial(rung(1)).isPresent()).isEqualTo(held);
  }

  @ParameterizedTest
  @EnumSource(
      value = ExitTrigger.class,
      names = {"STOP_HIT", "TARGET_HIT", "MANUAL_CLOSE", "LIQUIDATION_GUARD"})
  void shouldLetPassWhatProtects(ExitTrigger trigger) {
    locks = List.of(Given.lock(BTC, true, true, null));

    assertThat(rule(asked(trigger, "FULL_CLOSE_PROPOSED", NOON)).denial()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RUNG, EXIT_LOCKED",
    "KILL_SCORE, EXIT_LOCKED",
    "INTENT, ",
    "STOP_HIT, ",
    "MANUAL_CLOSE, "
  })
  void shouldHoldTheRestOfACloseThatHarvestProposedAndOfNoOther(
      ExitTrigger trigger, ReasonCode code) {
    // given
    OpenPlan part =
        OpenPlan.newBuilder(plan(PlanAction.FULL_CLOSE))
            .setTrigger(trigger)
            .setRestQuantity(dec("0.01"))
            .build();
    CloseRest.View view =
        new CloseRest.View(
            Given.policy().build(),
            TradingState.ACTIVE,
            List.of(Given.lock(BTC, true, true, null)),
            row.orElseThrow(),
            List.of(),
            instrument);

    // when
    Optional<Finding> denial =
        CloseRest.rule(new CloseRest.Ask(part, dec("0.01"), dec("72000")), view, NOON).denial();

    // then
    assertThat(denial.map(Finding::code)).isEqualTo(Optional.ofNullable(code));
  }

  /** Somebody who asks for nothing is told so, lock or not. */
  @Test
  void shouldSayOfAHoldThatItIsOne() {
    locks = List.of(Given.lock(BTC, true, true, null));

    assertThat(denial(Given.proposal()).map(Finding::code)).contains(ReasonCode.ACTION_HOLD);
  }
}
