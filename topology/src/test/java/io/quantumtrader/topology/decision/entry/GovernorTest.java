package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GovernorTest {

  private final Policy.Builder policy = Given.policy();
  private final Instrument.Builder instrument = Given.instrument(BTC);
  private final MarketState.Builder state = Given.state(BTC);
  private double killScore = 0.5;
  private Optional<BigDecimal> equity = Optional.of(dec("10000"));
  private List<Long> granted = List.of();

  private GovernorRuling rule(TradeIntent.Builder intent) {
    GovernorView view =
        new GovernorView(
            policy.build(), instrument.build(), state.build(), killScore, equity, granted);
    return Governor.rule(intent.build(), OrderSide.BUY, view, NOON);
  }

  private SizedEntry sized(TradeIntent.Builder intent) {
    return ((GovernorRuling.Sized) rule(intent)).entry();
  }

  private String code(TradeIntent.Builder intent) {
    return switch (rule(intent)) {
      case GovernorRuling.Denied no -> no.denial().code().name();
      case GovernorRuling.Sized yes -> yes.entry().quantity().stripTrailingZeros().toPlainString();
    };
  }

  private List<String> numbers(TradeIntent.Builder intent) {
    return switch (rule(intent)) {
      case GovernorRuling.Denied no -> text(no.denial().numbers().list());
      case GovernorRuling.Sized yes -> text(yes.entry().numbers().list());
    };
  }

  private static TradeIntent.Builder quantity(String amount) {
    return intent("i").setSizing(Sizing.QUANTITY).setAmount(dec(amount));
  }

  private static TradeIntent.Builder notional(String amount) {
    return intent("i").setSizing(Sizing.NOTIONAL).setAmount(dec(amount));
  }

  @Test
  void shouldSizeThreeHundredDollarsAtTwoTimes() {
    // given: the step is as fine as a decimal is
    instrument.setStepSize(dec("0.000000000000000001"));

    // then
    assertThat(sized(intent("i")).quantity()).isEqualTo(new BigDecimal("0.008450704225352112"));
  }

  @Test
  void shouldSayWhatASizeIsMadeOf() {
    // when
    SizedEntry entry = sized(intent("i"));

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
    assertThat(code(intent("i").setSizing(sizing).setAmount(dec(amount)).setLeverage(leverage)))
        .isEqualTo(expected);
  }

  @Test
  void shouldDenyAnEntryWithoutASize() {
    assertThat(code(intent("i").setSizing(Sizing.NONE).setAmount(null))).isEqualTo("SIZE_MISSING");
    assertThat(code(intent("i").setSizing(Sizing.NONE))).isEqualTo("SIZE_MISSING");
  }

  @ParameterizedTest
  @CsvSource({
    "0.99,LEVERAGE_OUT_OF_RANGE",
    "0,LEVERAGE_OUT_OF_RANGE",
    "-2,LEVERAGE_OUT_OF_RANGE",
    "1,0.004",
    "2,0.008",
    "125,0.042",
    "125.01,LEVERAGE_OUT_OF_RANGE",
    "126,LEVERAGE_OUT_OF_RANGE"
  })
  void shouldTakeLeverageFrom1To125(double leverage, String expected) {
    assertThat(code(intent("i").setLeverage(leverage))).isEqualTo(expected);
  }

  @Test
  void shouldSayWhatLeverageWasHeldAgainst() {
    assertThat(numbers(intent("i").setLeverage(126.0)))
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
    policy.setLeverageMax(byPolicy);
    instrument.setMaxLeverage(byInstrument);

    // when
    SizedEntry entry = sized(quantity("0.01").setLeverage(asked));

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
    policy.setLeverageDefault(3);

    // then
    assertThat(sized(intent("i").setLeverage(null)).leverage()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"2999.9,0.029999,false", "3000,0.03,false", "3000.1,0.03,true", "50000,0.03,true"})
  void shouldCapTheNotionalOfAnOrder(String amount, String expected, boolean capped) {
    // given
    state.setLastPrice(dec("100000"));
    instrument.setStepSize(dec("0.000001"));
    policy.setMaxSymbolShare(1.0);

    // when
    SizedEntry entry = sized(notional(amount));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo(expected);
    assertThat(entry.notes().contains(ReasonCode.QUANTITY_CAPPED_NOTIONAL)).isEqualTo(capped);
    assertThat(text(entry.numbers().list()).contains("maximumNotional=3000")).isEqualTo(capped);
  }

  @ParameterizedTest
  @CsvSource({"999,0.00999,false", "1000,0.01,false", "1001,0.01,true"})
  void shouldCapTheShareOfASymbol(String amount, String expected, boolean capped) {
    // given: 10 % of 10000
    state.setLastPrice(dec("100000"));
    instrument.setStepSize(dec("0.000001"));
    policy.setMaxSymbolShare(0.1);

    // when
    SizedEntry entry = sized(notional(amount));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo(expected);
    assertThat(entry.notes().contains(ReasonCode.QUANTITY_CAPPED_SHARE)).isEqualTo(capped);
    assertThat(text(entry.numbers().list()).contains("maximumInSymbol=1000")).isEqualTo(capped);
  }

  @Test
  void shouldLeaveTheShareToTheNextGateWhereEquityIsNotKnown() {
    // given
    equity = Optional.empty();

    // then
    assertThat(code(quantity("0.03"))).isEqualTo("0.03");
  }

  @ParameterizedTest
  @CsvSource({"-5,0.03", "0,0.03", "0.01,MIN_QUANTITY"})
  void shouldTakeEquityThatIsNotPositiveAsNotKnown(String known, String expected) {
    // given
    equity = Optional.of(dec(known));

    // then
    assertThat(code(quantity("0.03"))).isEqualTo(expected);
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
    killScore = score;
    policy.setKillOpenThreshold(threshold).setKillScaleFloor(floor).setMaxSymbolShare(100);
    policy.setMaxNotionalPerOrder(1e6);
    instrument.setStepSize(dec("0.000000000000001"));

    // when
    SizedEntry entry = sized(quantity("1"));

    // then
    assertThat(entry.quantity().doubleValue())
        .isCloseTo(Double.parseDouble(expected), org.assertj.core.data.Offset.offset(1e-12));
    assertThat(entry.notes().contains(ReasonCode.QUANTITY_SCALED_KILL))
        .isEqualTo(score > threshold);
  }

  @Test
  void shouldCapAfterScaling() {
    // given: 0.06 x 0.5 at 71000 is 2130, below the cap of an order
    killScore = 0.85 + Math.log(2) / 2;

    // when
    SizedEntry entry = sized(quantity("0.06"));

    // then
    assertThat(entry.quantity()).isEqualByComparingTo("0.03");
    assertThat(entry.notes()).containsExactly(ReasonCode.QUANTITY_SCALED_KILL);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0019,MIN_QUANTITY",
    "0.002,0.002",
    "0.0021,0.002",
    "0.0009,MIN_QUANTITY",
    "0.000000000000000001,MIN_QUANTITY"
  })
  void shouldHoldTheSmallestOrder(String amount, String expected) {
    // given
    instrument.setMinQuantity(dec("0.002"));

    // then
    assertThat(code(quantity(amount))).isEqualTo(expected);
  }

  @Test
  void shouldSayWhatTheSmallestOrderIs() {
    // then: the step where it is more than the minimum
    instrument.setMinQuantity(dec("0"));
    assertThat(numbers(quantity("0.0005")))
        .containsExactly("quantity=0", "minimum=0.001", "asked=0.0005");
  }

  @ParameterizedTest
  @CsvSource({"0.003,MIN_NOTIONAL", "0.004,0.004", "0.005,0.005"})
  void shouldHoldTheMinimumNotional(String amount, String expected) {
    // given: 0.004 x 71000
    instrument.setMinNotional(dec("284"));

    // then
    assertThat(code(quantity(amount))).isEqualTo(expected);
  }

  @Test
  void shouldSayHowMuchIsMissingToTheMinimum() {
    // given
    instrument.setMinNotional(dec("284"));

    // then
    assertThat(numbers(quantity("0.003")))
        .containsExactly("notional=213", "minimum=284", "asked=0.003");
  }

  @ParameterizedTest
  @CsvSource({
    // minimum notional, quantity
    "284,0.004",
    "284.1,0.005",
    "3000,MIN_NOTIONAL", // 0.043 x 71000 = 3053 is above the cap of an order
    "2982,0.042"
  })
  void shouldRaiseToTheMinimumWhereThePolicyAllows(String minimum, String expected) {
    // given
    policy.setAllowUpsize(true);
    instrument.setMinNotional(dec(minimum));

    // then
    assertThat(code(quantity("0.003"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.0284,0.004", "0.0283,MIN_NOTIONAL"})
  void shouldRaiseNothingAboveTheShareOfASymbol(double share, String expected) {
    // given
    policy.setAllowUpsize(true).setMaxSymbolShare(share);
    instrument.setMinNotional(dec("284"));

    // then
    assertThat(code(quantity("0.003"))).isEqualTo(expected);
  }

  @Test
  void shouldSayThatItRaised() {
    // given
    policy.setAllowUpsize(true);
    instrument.setMinNotional(dec("284"));

    // then
    assertThat(sized(quantity("0.003")).notes()).containsExactly(ReasonCode.QUANTITY_UPSIZED);
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
    granted = Stream.of(ago.split(" ", -1)).map(each -> NOON - Long.parseLong(each)).toList();

    // then
    assertThat(code(intent("i"))).isEqualTo(expected);
  }

  @Test
  void shouldSayWhatTheRateIs() {
    // given
    granted = List.of(NOON, NOON);

    // then
    assertThat(numbers(intent("i"))).containsExactly("granted=2", "maximum=2", "windowMs=300000");
  }

  @Test
  void shouldDenySizesThatNoRecordCanHold() {
    // given
    state.setLastPrice(dec("0.000001"));

    // then
    assertThat(code(notional("99999999999999999999"))).isEqualTo("NUMBER_INVALID");
  }

  @Test
  void shouldDenyPricesThatLeaveNoRoomForAStop() {
    // given
    state.setLastPrice(dec("60000000000000000000"));

    // then
    assertThat(code(quantity("1"))).isEqualTo("NUMBER_INVALID");
  }
}
