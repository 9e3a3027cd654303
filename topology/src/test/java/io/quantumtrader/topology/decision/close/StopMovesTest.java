package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.decision.Denials.codeOf;
import static io.quantumtrader.topology.decision.Denials.numbersOf;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
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

  /** The band is 71280 to 72720, which is 72000 x 0.99 and x 1.01, or lies between two ticks. */
  @ParameterizedTest
  @CsvSource({
    "LONG, 0.99, 71280.1, 71280.1, ''",
    "LONG, 0.99, 71280, 71280, ''",
    "LONG, 0.99, 71279.9, 71280, STOP_MOVED_INTO_BAND",
    "LONG, 0.99, 70000, 71280, STOP_MOVED_INTO_BAND",
    "LONG, 0.9900001, 70000, 71280.1, STOP_MOVED_INTO_BAND",
    "SHORT, 1.01, 72719.9, 72719.9, ''",
    "SHORT, 1.01, 72720, 72720, ''",
    "SHORT, 1.01, 72720.1, 72720, STOP_MOVED_INTO_BAND",
    "SHORT, 1.01, 73000, 72720, STOP_MOVED_INTO_BAND",
    "SHORT, 1.0099999, 73000, 72719.9, STOP_MOVED_INTO_BAND"
  })
  void shouldMoveAStopNoFartherThanToTheEdgeOfThePriceBand(
      PositionSide side, String share, String asked, String planned, String note) {
    // given
    boolean isLong = side == PositionSide.LONG;
    row =
        Optional.of(
            Given.longBtc().setSide(side).setStopPrice(dec(isLong ? "69000" : "74000")).build());
    Instrument.Builder bounded = Given.instrument("BTCUSDT");
    bounded.setPercentDown(isLong ? dec(share) : null).setPercentUp(isLong ? null : dec(share));
    instrument = Optional.of(bounded.build());

    // when
    ClosePlan granted = granted(stop(asked));

    // then
    assertThat(granted.plan().getStopPrice()).isEqualByComparingTo(planned);
    assertThat(String.join(" ", granted.plan().getNotes())).isEqualTo(note);
    if (note.isEmpty()) {
      assertThat(text(granted.numbers().list()))
          .noneMatch(number -> number.startsWith("stopOutsideBand") || number.startsWith("note"));
    } else {
      assertThat(text(granted.numbers().list()))
          .contains("newStop=" + planned, "stopOutsideBand=" + asked, "note=" + note);
    }
  }

  /**
   * A band that ends at the market, or at nothing, leaves no room for a stop: it bounds nothing.
   */
  @ParameterizedTest
  @CsvSource({"1", "1.01", "0", "-1"})
  void shouldPassOverABandThatMakesNoSense(String share) {
    instrument = Optional.of(Given.instrument("BTCUSDT").setPercentDown(dec(share)).build());

    assertThat(granted(stop("70000")).plan().getStopPrice()).isEqualByComparingTo("70000");
  }

  /** What is looser than the stop in place is refused, also where the band would tighten it. */
  @Test
  void shouldNotMakeAMoveOutOfTheBand() {
    instrument = Optional.of(Given.instrument("BTCUSDT").setPercentDown(dec("0.99")).build());

    assertThat(codeOf(denial(stop("68000")))).isEqualTo("STOP_NOT_TIGHTER");
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
