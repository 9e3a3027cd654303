package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices are at 1000, ticks of 0.1, unless said. */
final class StopAndTargetTest {

  private final Policy.Builder policy = Given.policy();
  private final Instrument.Builder instrument = Given.instrument(BTC);
  private final MarketState.Builder state = Given.state(BTC).setLastPrice(dec("1000")).setAtr(null);

  private StopAndTarget of(TradeIntent.Builder intent, OrderSide side) {
    GovernorView view =
        new GovernorView(
            policy.build(), instrument.build(), state.build(), 0.5, Optional.empty(), List.of());
    return StopAndTarget.of(intent.build(), side, view.state().getLastPrice(), view);
  }

  private static String plain(BigDecimal value) {
    return value == null ? "" : value.stripTrailingZeros().toPlainString();
  }

  private static String notes(StopAndTarget result) {
    return String.join(" ", result.notes().stream().map(ReasonCode::name).toList());
  }

  @ParameterizedTest
  @CsvSource({
    // side, stop sent, stop, source, notes besides the missing ATR
    "BUY,950,950,INTENT,''",
    "BUY,999.9,999.9,INTENT,STOP_OUTSIDE_BOUNDS",
    "BUY,1000,970,DEFAULT,STOP_DISCARDED",
    "BUY,1000.1,970,DEFAULT,STOP_DISCARDED",
    "BUY,0,970,DEFAULT,STOP_DISCARDED",
    "BUY,-1,970,DEFAULT,STOP_DISCARDED",
    "BUY,0.1,0.1,INTENT,STOP_OUTSIDE_BOUNDS",
    "BUY,0.05,970,DEFAULT,STOP_DISCARDED", // no tick below it
    "BUY,950.05,950,INTENT,''", // to the tick further away
    "SELL,1050,1050,INTENT,''",
    "SELL,1000.1,1000.1,INTENT,STOP_OUTSIDE_BOUNDS",
    "SELL,1000,1030,DEFAULT,STOP_DISCARDED",
    "SELL,999.9,1030,DEFAULT,STOP_DISCARDED",
    "SELL,1050.01,1050.1,INTENT,''"
  })
  void shouldKeepAStopOnTheLosingSide(
      OrderSide side, String sent, String stop, RiskSource source, String expectedNotes) {
    // when
    StopAndTarget result = of(intent("i").setStopLoss(dec(sent)), side);

    // then
    assertThat(plain(result.risk().getInitialStop())).isEqualTo(stop);
    assertThat(result.risk().getSource()).isEqualTo(source);
    assertThat(notes(result)).isEqualTo((expectedNotes + " RISK_ATR_MISSING").strip());
  }

  @ParameterizedTest
  @CsvSource({
    "BUY,1,990,INTENT",
    "SELL,1,1010,INTENT",
    "BUY,99.99,0.1,INTENT",
    "BUY,100,970,DEFAULT", // at zero
    "BUY,0,970,DEFAULT",
    "BUY,-1,970,DEFAULT",
    "SELL,100,2000,INTENT"
  })
  void shouldReadAStopInPercent(OrderSide side, double percent, String stop, RiskSource source) {
    // when
    StopAndTarget result = of(intent("i").setStopLossPct(percent), side);

    // then
    assertThat(plain(result.risk().getInitialStop())).isEqualTo(stop);
    assertThat(result.risk().getSource()).isEqualTo(source);
    assertThat(result.notes().contains(ReasonCode.STOP_DISCARDED))
        .isEqualTo(source == RiskSource.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    // side, stop sent, its distance; by default 0.5 % and 10 % are the bounds
    "BUY,995,''",
    "BUY,995.1,0.0049",
    "BUY,900,''",
    "BUY,899.9,0.1001",
    "SELL,1005,''",
    "SELL,1004.9,0.0049",
    "SELL,1100,''",
    "SELL,1100.1,0.1001",
  })
  void shouldNoteASentStopOutsideTheBoundsWithTheNumbersAndKeepIt(
      OrderSide side, String sent, String distance) {
    // when
    StopAndTarget result = of(intent("i").setStopLoss(dec(sent)), side);

    // then
    assertThat(result.risk().getInitialStop()).isEqualByComparingTo(sent);
    assertThat(result.notes().contains(ReasonCode.STOP_OUTSIDE_BOUNDS))
        .isEqualTo(!distance.isEmpty());
    assertThat(result.numbers().list())
        .extracting(each -> each.getName() + "=" + each.getValue())
        .containsExactlyElementsOf(
            distance.isEmpty()
                ? List.of()
                : List.of(
                    "stopDistance=" + distance,
                    "minimumStopDistance=0.005",
                    "maximumStopDistance=0.1"));
  }

  @Test
  void shouldTakeAStopPriceBeforeAPercentage() {
    // when
    StopAndTarget result =
        of(intent("i").setStopLoss(dec("950")).setStopLossPct(1.0), OrderSide.BUY);

    // then
    assertThat(plain(result.risk().getInitialStop())).isEqualTo("950");
  }

  @ParameterizedTest
  @CsvSource({
    // side, target sent, target, notes besides the missing ATR
    "BUY,1100,1100,''",
    "BUY,1000.1,1000.1,''",
    "BUY,1000,1240,TARGET_DISCARDED", // 8 x 30 above
    "BUY,900,1240,TARGET_DISCARDED",
    "BUY,0,1240,TARGET_DISCARDED",
    "BUY,1100.01,1100.1,''",
    "SELL,900,900,''",
    "SELL,999.9,999.9,''",
    "SELL,1000,760,TARGET_DISCARDED",
    "SELL,1100,760,TARGET_DISCARDED",
    "SELL,0,760,TARGET_DISCARDED",
    "SELL,-5,760,TARGET_DISCARDED",
    "SELL,900.09,900,''"
  })
  void shouldKeepATargetOnTheWinningSide(
      OrderSide side, String sent, String target, String expectedNotes) {
    // when
    StopAndTarget result = of(intent("i").setTakeProfit(dec(sent)), side);

    // then
    assertThat(plain(result.risk().getTarget())).isEqualTo(target);
    assertThat(notes(result)).isEqualTo(("RISK_ATR_MISSING " + expectedNotes).strip());
  }

  @ParameterizedTest
  @CsvSource({"BUY,2,1020,false", "SELL,2,980,false", "BUY,0,1240,true", "SELL,100,760,true"})
  void shouldReadATargetInPercent(
      OrderSide side, double percent, String target, boolean discarded) {
    // when
    StopAndTarget result = of(intent("i").setTakeProfitPct(percent), side);

    // then
    assertThat(plain(result.risk().getTarget())).isEqualTo(target);
    assertThat(result.notes().contains(ReasonCode.TARGET_DISCARDED)).isEqualTo(discarded);
  }

  @ParameterizedTest
  @CsvSource({
    // ATR, stop of a BUY at 1000 with a factor of 1.5, source
    "0.66,970,DEFAULT", // 0.099 %, below what is plausible
    "0.67,995,STATE_ATR", // 0.1005 %, raised to 0.5 %
    "3.33,995,STATE_ATR", // 0.4995 %
    "4,994,STATE_ATR",
    "20,970,STATE_ATR",
    "66.66,900,STATE_ATR", // 9.999 %: 900.01, to the tick below
    "66.7,900,STATE_ATR", // 10.005 %, lowered to 10 %
    "133.33,900,STATE_ATR", // 19.9995 %
    "133.34,970,DEFAULT", // 20.001 %
    "0,970,DEFAULT",
    "-4,970,DEFAULT"
  })
  void shouldDeriveTheStopFromTheStatesAtr(double atr, String stop, RiskSource source) {
    // given
    state.setAtr(atr);

    // when
    StopAndTarget result = of(intent("i"), OrderSide.BUY);

    // then
    assertThat(plain(result.risk().getInitialStop())).isEqualTo(stop);
    assertThat(result.risk().getSource()).isEqualTo(source);
    assertThat(result.risk().getAtr()).isEqualTo(source == RiskSource.DEFAULT ? null : atr);
    assertThat(notes(result)).isEqualTo(source == RiskSource.DEFAULT ? "RISK_ATR_IMPLAUSIBLE" : "");
  }

  @Test
  void shouldTakeTheIntentsAtrAndFactorBeforeTheStates() {
    // given
    state.setAtr(40.0);

    // when
    StopAndTarget result = of(intent("i").setAtr(10.0).setVolatilityFactor(2.0), OrderSide.SELL);

    // then
    assertThat(plain(result.risk().getInitialStop())).isEqualTo("1020");
    assertThat(plain(result.risk().getTarget())).isEqualTo("840");
    assertThat(result.risk().getSource()).isEqualTo(RiskSource.INTENT_ATR);
    assertThat(result.risk().getAtr()).isEqualTo(10.0);
    assertThat(result.risk().getFactor()).isEqualTo(2.0);
    assertThat(result.notes()).isEmpty();
  }

  @Test
  void shouldFallBackToTheStatesAtrWhereTheIntentsIsImplausible() {
    // given
    state.setAtr(20.0);

    // when
    StopAndTarget result = of(intent("i").setAtr(500.0), OrderSide.BUY);

    // then
    assertThat(plain(result.risk().getInitialStop())).isEqualTo("970");
    assertThat(result.risk().getSource()).isEqualTo(RiskSource.STATE_ATR);
    assertThat(notes(result)).isEqualTo("RISK_ATR_IMPLAUSIBLE");
  }

  @Test
  void shouldSayOnceThatBothAreImplausible() {
    // given
    state.setAtr(0.0001);

    // when
    StopAndTarget result = of(intent("i").setAtr(500.0), OrderSide.BUY);

    // then
    assertThat(result.risk().getSource()).isEqualTo(RiskSource.DEFAULT);
    assertThat(notes(result)).isEqualTo("RISK_ATR_IMPLAUSIBLE");
  }

  @Test
  void shouldKeepTheAtrBesideAStopThatWasSent() {
    // given
    state.setAtr(20.0);

    // when
    StopAndTarget result = of(intent("i").setStopLoss(dec("900")), OrderSide.BUY);

    // then
    assertThat(result.risk().getSource()).isEqualTo(RiskSource.INTENT);
    assertThat(result.risk().getAtr()).isEqualTo(20.0);
    assertThat(plain(result.risk().getTarget())).isEqualTo("1800");
  }

  @ParameterizedTest
  @CsvSource({
    "1124.9,0.8", // 8 x 124.9 below the price
    "1125,''", // at zero: none
    "1200,''"
  })
  void shouldPlaceNoTargetBelowZero(String stop, String target) {
    // given a stop so far away that it is noted
    state.setAtr(20.0);

    // when
    StopAndTarget result = of(intent("i").setStopLoss(dec(stop)), OrderSide.SELL);

    // then
    assertThat(plain(result.risk().getTarget())).isEqualTo(target);
    assertThat(notes(result)).isEqualTo("STOP_OUTSIDE_BOUNDS");
  }

  @Test
  void shouldNotRoundAStopToTheOtherSideOfThePrice() {
    // given: a tick wider than the price
    instrument.setTickSize(dec("5000"));

    // when
    StopAndTarget result = of(intent("i"), OrderSide.BUY);

    // then
    assertThat(plain(result.risk().getInitialStop())).isEqualTo("970");
  }

  @Test
  void shouldRaiseAStopBelowTheFirstTickToIt() {
    // given
    instrument.setTickSize(dec("980"));

    // when
    StopAndTarget result = of(intent("i"), OrderSide.BUY);

    // then
    assertThat(plain(result.risk().getInitialStop())).isEqualTo("980");
  }

  @Test
  void shouldDiscardAStopThatNoRecordCanHold() {
    // given
    instrument.setTickSize(dec("30000000000000000000"));

    // when
    StopAndTarget result = of(intent("i").setStopLoss(dec("95000000000000000000")), OrderSide.SELL);

    // then
    assertThat(notes(result)).startsWith("STOP_DISCARDED");
  }
}
