package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.decision.Denials.codeOf;
import static io.quantumtrader.topology.decision.Denials.numbersOf;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.Given;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a stop may be moved to. */
final class StopMovesTest extends ExitLayerCases {

  @ParameterizedTest
  @CsvSource({
    "LONG, 70000.07, 70000",
    "LONG, 70000.1, 70000.1",
    "SHORT, 72500.07, 72500.1",
    "SHORT, 72500.1, 72500.1"
  })
  void shouldPlanAStopOnTheTickAwayFromTheMarket(PositionSide side, String asked, String onTick) {
    // given
    row =
        Optional.of(
            Given.longBtc()
                .setSide(side)
                .setStopPrice(dec(side == PositionSide.LONG ? "69000" : "74000"))
                .build());

    // when
    ClosePlan granted = granted(stop(asked));

    // then
    ApplyPlan plan = granted.plan();
    assertThat(plan.getAction()).isEqualTo(PlanAction.UPDATE_SL);
    assertThat(plan.getStopPrice()).isEqualByComparingTo(onTick);
    assertThat(plan.getTargetPrice()).isEqualTo(dec("87000"));
    assertThat(plan.getQuantity()).isEqualTo(dec("0.02"));
    assertThat(plan.getCloseShare()).isNull();
    assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.TRAILING_STOP);
    assertThat(granted.code().name()).isEqualTo("STOP_GRANTED");
    assertThat(text(granted.numbers().list())).contains("newStop=" + onTick);
  }

  @Test
  void shouldLeaveAStopAsItIsWhereNoTickIsKnown() {
    instrument = Optional.empty();

    assertThat(granted(stop("70000.07")).plan().getStopPrice()).isEqualTo(dec("70000.07"));
  }

  @ParameterizedTest
  @CsvSource({"88000, 87000, 88000", ", 87000, 87000", "88000, , 88000", ", , "})
  void shouldKeepTheTargetInPlaceBesideAStop(String inPlace, String ofRisk, String planned) {
    // given
    row =
        Optional.of(
            Given.longBtc()
                .setTargetPrice(inPlace == null ? null : dec(inPlace))
                .setRisk(risk("69000", ofRisk))
                .build());

    // then
    assertThat(granted(stop("70000")).plan().getTargetPrice())
        .isEqualTo(planned == null ? null : dec(planned));
  }

  @Test
  void shouldHaveNoTargetWithoutRiskData() {
    row = Optional.of(Given.longBtc().setTargetPrice(null).setRisk(null).build());

    assertThat(granted(stop("70000")).plan().getTargetPrice()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"LONG, 72000.1", "LONG, 72000", "SHORT, 71999.9", "SHORT, 72000", "LONG, 0"})
  void shouldMoveNoStopToThePriceOrBeyond(PositionSide side, String price) {
    // given
    row = Optional.of(Given.longBtc().setSide(side).setStopPrice(null).setRisk(null).build());

    // then
    assertThat(codeOf(denial(stop(price)))).isEqualTo("STOP_BEYOND_MARKET");
  }

  @ParameterizedTest
  @CsvSource({"LONG, 71999.9", "SHORT, 72000.1", "LONG, 0.1"})
  void shouldMoveAStopUpToThePriceWhereNoneIsInPlace(PositionSide side, String price) {
    // given
    row = Optional.of(Given.longBtc().setSide(side).setStopPrice(null).setRisk(null).build());

    // then
    assertThat(denial(stop(price))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "LONG, 69000, 68999.9, STOP_NOT_TIGHTER",
    "LONG, 69000, 69000, STOP_NOT_TIGHTER",
    "LONG, 69000, 69000.1, ''",
    "SHORT, 74000, 74000.1, STOP_NOT_TIGHTER",
    "SHORT, 74000, 74000, STOP_NOT_TIGHTER",
    "SHORT, 74000, 73999.9, ''"
  })
  void shouldOnlyTightenTheStopInPlaceOrThatOfTheRisk(
      PositionSide side, String current, String price, String code) {
    // given
    PositionLedger.Builder held = Given.longBtc().setSide(side);

    // when
    row = Optional.of(held.setStopPrice(null).setRisk(risk(current, null)).build());
    String byRisk = codeOf(denial(stop(price)));
    row = Optional.of(held.setStopPrice(dec(current)).setRisk(risk("1", null)).build());
    String byStop = codeOf(denial(stop(price)));

    // then
    assertThat(byRisk).isEqualTo(code);
    assertThat(byStop).isEqualTo(code);
  }

  @Test
  void shouldSayWhichStopsWereCompared() {
    assertThat(numbersOf(denial(stop("69000")))).containsExactly("newStop=69000", "stop=69000");
    assertThat(numbersOf(denial(stop("72000")))).containsExactly("newStop=72000", "price=72000");
  }

  @Test
  void shouldAskForAStopToMove() {
    HarvestProposal.Builder proposal = stop("70000").setNewStop(null);

    assertThat(codeOf(denial(proposal))).isEqualTo("STOP_MISSING");
    assertThat(numbersOf(denial(proposal))).containsExactly("rNet=0.4645", "killScore=0.5");
  }
}
