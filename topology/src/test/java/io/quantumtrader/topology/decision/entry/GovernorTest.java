package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.decision.Denials.text;
import static io.quantumtrader.topology.decision.entry.GovernorViews.notional;
import static io.quantumtrader.topology.decision.entry.GovernorViews.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GovernorTest {

  private final GovernorViews governor = new GovernorViews();

  @Test
  void shouldSizeThreeHundredDollarsAtTwoTimes() {
    // given: the step is as fine as a decimal is
    governor.instrument.setStepSize(dec("0.000000000000000001"));

    // then
    assertThat(governor.sized(intent("i")).quantity())
        .isEqualTo(new BigDecimal("0.008450704225352112"));
  }

  @Test
  void shouldSayWhatASizeIsMadeOf() {
    // when
    SizedEntry entry = governor.sized(intent("i"));

    // then
    assertThat(entry.quantity()).isEqualTo(dec("0.008"));
    assertThat(entry.price()).isEqualTo(dec("71000"));
    assertThat(entry.leverage()).isEqualTo(2);
    assertThat(entry.notional()).isEqualTo(dec("568"));
    assertThat(entry.margin()).isEqualTo(dec("284"));
    assertThat(entry.killScore()).isEqualTo(0.5);
    assertThat(entry.side()).isEqualTo(OrderSide.BUY);
    assertThat(entry.notes()).isEmpty();
    assertThat(text(entry.numbers().list()))
        .containsExactly(
            "quantity=0.008",
            "asked=0.008450704225352112",
            "price=71000",
            "leverage=2",
            "notional=568",
            "margin=284",
            "killScore=0.5",
            "stop=69500",
            "target=83000");
  }

  @ParameterizedTest
  @CsvSource({
    // sizing, amount, leverage, quantity in steps of 0.001 at 71000
    "QUANTITY,0.0129,5,0.012", // taken as sent, rounded down
    "MARGIN,300,2,0.008", // 0.00845
    "MARGIN,300,1,0.004", // 0.004225
    "NOTIONAL,500,3,0.007", // leverage does not multiply
    "NOTIONAL,71,1,0.001",
    "NOTIONAL,142,1,0.002"
  })
  void shouldTakeEachFormOfASize(Sizing sizing, String amount, double leverage, String expected) {
    assertThat(
            governor.code(
                intent("i").setSizing(sizing).setAmount(dec(amount)).setLeverage(leverage)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // risk per trade, stop; equity 10000 x risk / (71000 - stop) in steps of 0.001
    "0.002,70290,0.028", // 20 / 710 = 0.02817
    "0.001,70290,0.014",
    "0.002,,0.013", // the stop of the ATR, 69500: 20 / 1500
    "0.01,70290,0.042", // 100 / 710, capped at 3000 notional
    "0.0001,70290,0.001",
    "0.00007,70290,MIN_QUANTITY", // 0.7 / 710 = 0.00099
    "0,70290,SIZE_MISSING"
  })
  void shouldSizeByTheRiskWhereNoSizeIsSent(double risk, String stop, String expected) {
    // given
    governor.policy.setRiskPerTrade(risk);
    TradeIntent.Builder open = intent("i").setSizing(Sizing.NONE).setAmount(null);

    // then
    assertThat(governor.code(open.setStopLoss(stop == null ? null : dec(stop))))
        .isEqualTo(expected);
  }

  @Test
  void shouldSayThatASizeWasMadeOfTheRisk() {
    // given
    governor.policy.setRiskPerTrade(0.002);

    // when
    SizedEntry entry = governor.sized(intent("i").setSizing(Sizing.NONE).setAmount(null));

    // then
    assertThat(entry.notes()).contains(ReasonCode.QUANTITY_FROM_RISK);
    assertThat(text(entry.numbers().list())).contains("riskPerTrade=0.002");
  }

  @Test
  void shouldNotSizeByTheRiskWithoutEquity() {
    TradeIntent.Builder open = intent("i").setSizing(Sizing.NONE).setAmount(null);
    governor.equity = Optional.empty();
    assertThat(governor.code(open)).isEqualTo("SIZE_MISSING");
    assertThat(governor.numbers(open))
        .containsExactly("sizing=NONE", "riskPerTrade=0.01", "equity=unknown");
    governor.equity = Optional.of(dec("0"));
    assertThat(governor.code(open)).isEqualTo("SIZE_MISSING");
  }

  @Test
  void shouldDenyAnEntryThatNamesAShareOfNothing() {
    TradeIntent.Builder share = intent("i").setSizing(Sizing.FRACTION).setAmount(dec("0.5"));
    assertThat(governor.code(share)).isEqualTo("SIZE_MISSING");
    assertThat(governor.numbers(share)).containsExactly("sizing=FRACTION");
  }

  @ParameterizedTest
  @CsvSource({
    "0.99,LEVERAGE_OUT_OF_RANGE",
    "0,0.004", // the policy's own, 1
    "-2,LEVERAGE_OUT_OF_RANGE",
    "1,0.004",
    "2,0.008",
    "125,0.042",
    "125.01,LEVERAGE_OUT_OF_RANGE",
    "126,LEVERAGE_OUT_OF_RANGE"
  })
  void shouldTakeLeverageFrom1To125(double leverage, String expected) {
    assertThat(governor.code(intent("i").setLeverage(leverage))).isEqualTo(expected);
  }

  @Test
  void shouldSayWhatLeverageWasHeldAgainst() {
    assertThat(governor.numbers(intent("i").setLeverage(126.0)))
        .containsExactly("leverage=126", "minimum=1", "maximum=125");
  }

  @ParameterizedTest
  @CsvSource({
    // asked, allowed by policy, by instrument, taken, notes
    "9,10,125,9,",
    "10,10,125,10,",
    "11,10,125,10,LEVERAGE_CAPPED",
    "125,10,125,10,LEVERAGE_CAPPED",
    "11,10,8,8,LEVERAGE_CAPPED",
    "2.5,10,125,2,LEVERAGE_ROUNDED",
    "9.9,9.5,125,9,LEVERAGE_CAPPED LEVERAGE_ROUNDED",
    "3,0.5,125,1,LEVERAGE_CAPPED"
  })
  void shouldCapLeverage(
      double asked, double byPolicy, int byInstrument, int expected, String notes) {
    // given
    governor.policy.setLeverageMax(byPolicy);
    governor.instrument.setMaxLeverage(byInstrument);

    // when
    SizedEntry entry = governor.sized(quantity("0.01").setLeverage(asked));

    // then
    assertThat(entry.leverage()).isEqualTo(expected);
    assertThat(entry.margin())
        .isEqualTo(
            dec("710").divide(BigDecimal.valueOf(expected), 18, java.math.RoundingMode.HALF_EVEN));
    assertThat(entry.notes())
        .extracting(ReasonCode::name)
        .isEqualTo(notes == null ? List.of() : List.of(notes.split(" ", -1)));
  }

  @Test
  void shouldTakeThePolicysLeverageWhereNoneIsSent() {
    // given
    governor.policy.setLeverageDefault(3);

    // then
    assertThat(governor.sized(intent("i").setLeverage(null)).leverage()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"2999.9,0.029999,false", "3000,0.03,false", "3000.1,0.03,true", "50000,0.03,true"})
  void shouldCapTheNotionalOfAnOrder(String amount, String expected, boolean capped) {
    // given
    governor.state.setLastPrice(dec("100000"));
    governor.instrument.setStepSize(dec("0.000001"));
    governor.policy.setMaxSymbolShare(1.0);

    // when
    SizedEntry entry = governor.sized(notional(amount));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo(expected);
    assertThat(entry.notes().contains(ReasonCode.QUANTITY_CAPPED_NOTIONAL)).isEqualTo(capped);
    assertThat(text(entry.numbers().list()).contains("maximumNotional=3000")).isEqualTo(capped);
  }

  @ParameterizedTest
  @CsvSource({"999,0.00999,false", "1000,0.01,false", "1001,0.01,true"})
  void shouldCapTheShareOfASymbol(String amount, String expected, boolean capped) {
    // given: 10 % of 10000
    governor.state.setLastPrice(dec("100000"));
    governor.instrument.setStepSize(dec("0.000001"));
    governor.policy.setMaxSymbolShare(0.1);

    // when
    SizedEntry entry = governor.sized(notional(amount));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo(expected);
    assertThat(entry.notes().contains(ReasonCode.QUANTITY_CAPPED_SHARE)).isEqualTo(capped);
    assertThat(text(entry.numbers().list()).contains("maximumInSymbol=1000")).isEqualTo(capped);
  }

  @Test
  void shouldLeaveTheShareToTheNextGateWhereEquityIsNotKnown() {
    // given
    governor.equity = Optional.empty();

    // then
    assertThat(governor.code(quantity("0.03"))).isEqualTo("0.03");
  }

  @ParameterizedTest
  @CsvSource({"-5,0.03", "0,0.03", "0.01,MIN_QUANTITY"})
  void shouldTakeEquityThatIsNotPositiveAsNotKnown(String known, String expected) {
    // given
    governor.equity = Optional.of(dec(known));

    // then
    assertThat(governor.code(quantity("0.03"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // score, threshold, floor, quantity of 1
    "0.84,0.85,0.25,1",
    "0.85,0.85,0.25,1",
    "0.86,0.85,0.25,0.980198673306755", // exp(-2 x 0.01)
    "0.9,0.4,0.25,0.367879441171442", // exp(-2 x 0.5)
    "0.9,0.1,0.25,0.25", // exp(-2 x 0.8) = 0.2018965, below the floor
    "0.9,0.1,2,1" // a floor above 1 raises nothing
  })
  void shouldScaleDownByTheKillScore(
      double score, double threshold, double floor, String expected) {
    // given
    governor.killScore = score;
    governor.policy.setKillOpenThreshold(threshold).setKillScaleFloor(floor).setMaxSymbolShare(100);
    governor.policy.setMaxNotionalPerOrder(1e6);
    governor.instrument.setStepSize(dec("0.000000000000001"));

    // when
    SizedEntry entry = governor.sized(quantity("1"));

    // then
    assertThat(entry.quantity().doubleValue())
        .isCloseTo(Double.parseDouble(expected), org.assertj.core.data.Offset.offset(1e-12));
    assertThat(entry.notes().contains(ReasonCode.QUANTITY_SCALED_KILL))
        .isEqualTo(score > threshold);
  }

  @Test
  void shouldCapAfterScaling() {
    // given: 0.06 x 0.5 at 71000 is 2130, below the cap of an order
    governor.killScore = 0.85 + Math.log(2) / 2;

    // when
    SizedEntry entry = governor.sized(quantity("0.06"));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo("0.03");
    assertThat(entry.notes()).containsExactly(ReasonCode.QUANTITY_SCALED_KILL);
  }

  @ParameterizedTest
  @CsvSource({
    // granted so many ms ago, what comes of it
    "'0',0.008",
    "'0 0',RATE_BURST",
    "'299999 299999',RATE_BURST",
    "'299999 300000',0.008",
    "'300000 300000',0.008",
    "'300000 300000 300000',RATE_HOURLY",
    "'3599999 3599999 3599999',RATE_HOURLY",
    "'3599999 3599999 3600000',0.008",
    "'0 0 0',RATE_HOURLY"
  })
  void shouldHoldTheRates(String ago, String expected) {
    // given
    governor.granted =
        Stream.of(ago.split(" ", -1)).map(each -> NOON - Long.parseLong(each)).toList();

    // then
    assertThat(governor.code(intent("i"))).isEqualTo(expected);
  }

  @Test
  void shouldSayWhatTheRateIs() {
    // given
    governor.granted = List.of(NOON, NOON);

    // then
    assertThat(governor.numbers(intent("i")))
        .containsExactly("granted=2", "maximum=2", "windowMs=300000");
  }

  @Test
  void shouldDenySizesThatNoRecordCanHold() {
    // given
    governor.state.setLastPrice(dec("0.000001"));

    // then
    assertThat(governor.code(notional("99999999999999999999"))).isEqualTo("NUMBER_INVALID");
  }

  @Test
  void shouldDenyPricesThatLeaveNoRoomForAStop() {
    // given
    governor.state.setLastPrice(dec("60000000000000000000"));

    // then
    assertThat(governor.code(quantity("1"))).isEqualTo("NUMBER_INVALID");
  }
}
