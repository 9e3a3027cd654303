package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.decision.Denials.codeOf;
import static io.quantumtrader.topology.decision.Denials.numbersOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Finding;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IntentValidatorTest {

  private static final BigDecimal LARGEST = dec("99999999999999999999.999999999999999999");
  private static final BigDecimal TOO_LARGE = dec("100000000000000000000");
  private static final Policy POLICY = Given.policy().build();
  private static final IntentValidator.Arrival NEW =
      new IntentValidator.Arrival(OptionalLong.empty(), OptionalLong.empty());

  private static Optional<Finding> check(TradeIntent.Builder intent) {
    return IntentValidator.check(intent.build(), NEW, POLICY, NOON);
  }

  private static Arguments change(
      String expected, String name, UnaryOperator<TradeIntent.Builder> change) {
    return Arguments.of(expected, name, change);
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        change("", "as it is", i -> i),
        change("NUMBER_INVALID", "no amount", i -> i.setAmount(null)),
        change("NUMBER_INVALID", "amount 0", i -> i.setAmount(dec("0"))),
        change("NUMBER_INVALID", "amount below 0", i -> i.setAmount(dec("-1"))),
        change("", "smallest amount", i -> i.setAmount(dec("0.000000000000000001"))),
        change("", "no size, no amount", i -> i.setSizing(Sizing.NONE).setAmount(null)),
        change("", "no size, any amount", i -> i.setSizing(Sizing.NONE).setAmount(dec("-1"))),
        change("", "all of it", i -> i.setSizing(Sizing.FRACTION).setAmount(dec("1"))),
        change(
            "NUMBER_INVALID",
            "more than all",
            i -> i.setSizing(Sizing.FRACTION).setAmount(dec("1.000000000000000001"))),
        change(
            "NUMBER_INVALID",
            "part of unknown size",
            i -> i.setSizing(Sizing.FRACTION).setAmount(null)),
        change(
            "ACTION_CONTRADICTORY",
            "buy and short",
            i -> i.setContradictions(List.of("action=BUY", "side=SHORT"))),
        change("SIZE_MISSING", "size unknown", i -> i.setSizing(Sizing.UNRECOGNIZED)),
        change("NUMBER_INVALID", "price 0", i -> i.setPrice(dec("0"))),
        change("", "price above 0", i -> i.setPrice(dec("0.1"))),
        change("NUMBER_INVALID", "amount of 21 digits", i -> i.setAmount(TOO_LARGE)),
        change("NUMBER_INVALID", "price of 21 digits", i -> i.setPrice(TOO_LARGE)),
        change("NUMBER_INVALID", "stop of 21 digits", i -> i.setStopLoss(TOO_LARGE)),
        change("NUMBER_INVALID", "target of 21 digits", i -> i.setTakeProfit(TOO_LARGE)),
        change("", "amount of 20 digits", i -> i.setAmount(LARGEST)),
        change("", "price of 20 digits", i -> i.setPrice(LARGEST)),
        change("", "stop of 20 digits", i -> i.setStopLoss(LARGEST)),
        change("", "target of 20 digits", i -> i.setTakeProfit(LARGEST)),
        change("NUMBER_INVALID", "leverage NaN", i -> i.setLeverage(Double.NaN)),
        change("NUMBER_INVALID", "leverage inf", i -> i.setLeverage(Double.POSITIVE_INFINITY)),
        change("", "leverage is the governor's", i -> i.setLeverage(0.0)),
        change("NUMBER_INVALID", "stop pct NaN", i -> i.setStopLossPct(Double.NaN)),
        change("", "stop pct below 0 is the governor's", i -> i.setStopLossPct(-1.0)),
        change("NUMBER_INVALID", "target pct NaN", i -> i.setTakeProfitPct(Double.NaN)),
        change("NUMBER_INVALID", "ATR inf", i -> i.setAtr(Double.NEGATIVE_INFINITY)),
        change("", "ATR 0 is the governor's", i -> i.setAtr(0.0)),
        change("NUMBER_INVALID", "factor 0", i -> i.setVolatilityFactor(0.0)),
        change("NUMBER_INVALID", "factor NaN", i -> i.setVolatilityFactor(Double.NaN)),
        change("NUMBER_INVALID", "factor inf", i -> i.setVolatilityFactor(1 / 0.0)),
        change("", "factor above 0", i -> i.setVolatilityFactor(0.01)),
        change("NUMBER_INVALID", "confidence below 0", i -> i.setConfidence(-0.01)),
        change("", "confidence 0", i -> i.setConfidence(0.0)),
        change("", "confidence 1", i -> i.setConfidence(1.0)),
        change("NUMBER_INVALID", "confidence above 1", i -> i.setConfidence(1.01)),
        change("NUMBER_INVALID", "confidence NaN", i -> i.setConfidence(Double.NaN)),
        change("", "stop 0 is the governor's", i -> i.setStopLoss(dec("0"))));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("numbers")
  void shouldTakeNumbersThatMakeSense(
      String expected, String name, UnaryOperator<TradeIntent.Builder> change) {
    // when
    Optional<Finding> denial = check(change.apply(intent("i")));

    // then
    assertThat(codeOf(denial)).isEqualTo(expected);
  }

  @Test
  void shouldSayWhichNumberCannotBeRead() {
    // given
    TradeIntent.Builder intent = intent("i").setUnreadable(List.of("amount=NaN", "odd"));

    // when
    Optional<Finding> denial = check(intent);

    // then
    assertThat(codeOf(denial)).isEqualTo("NUMBER_INVALID");
    assertThat(numbersOf(denial)).containsExactly("amount=NaN", "unreadable=odd");
  }

  @Test
  void shouldSayWhichNumberIsWrong() {
    assertThat(numbersOf(check(intent("i").setAmount(dec("-1.50")))))
        .containsExactly("amount=-1.5");
    assertThat(numbersOf(check(intent("i").setAmount(null)))).containsExactly("amount=missing");
    assertThat(numbersOf(check(intent("i").setLeverage(Double.NaN))))
        .containsExactly("leverage=NaN");
    assertThat(numbersOf(check(intent("i").setConfidence(2.0)))).containsExactly("confidence=2");
    assertThat(numbersOf(check(intent("i").setVolatilityFactor(-1.0))))
        .containsExactly("volatilityFactor=-1");
  }

  @ParameterizedTest
  @CsvSource({"0,INTENT_ID_INVALID", "1,''", "128,''", "129,INTENT_ID_INVALID"})
  void shouldTakeIdsOfOneTo128Characters(int length, String expected) {
    // when
    Optional<Finding> denial = check(intent("x".repeat(length)));

    // then
    assertThat(codeOf(denial)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "btcusdt", "BTC:USDT", "BTC-USDT", "BTC USDT", "BTCUSDT|"})
  void shouldRefuseWhatIsNoSymbol(String symbol) {
    // when
    Optional<Finding> denial = check(intent("i").setSymbol(symbol));

    // then
    assertThat(codeOf(denial)).isEqualTo("SYMBOL_INVALID");
    assertThat(numbersOf(denial)).containsExactly("symbol=" + symbol);
  }

  @ParameterizedTest
  @EnumSource(IntentAction.class)
  void shouldTakeActionsThatItKnows(IntentAction action) {
    // given
    String expected =
        switch (action) {
          case UNRECOGNIZED -> "ACTION_UNRECOGNIZED";
          case HOLD -> "INTENT_HOLD";
          default -> "";
        };

    // when
    Optional<Finding> denial = check(intent("i").setAction(action));

    // then
    assertThat(codeOf(denial)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,TIME_INVALID", // before 1970
    "1763553604999,''", // one step below the tolerance
    "1763553605000,''", // at the tolerance
    "1763553605001,TIME_INVALID",
    "1763553540001,''", // one step below the greatest age
    "1763553540000,''", // at the greatest age
    "1763553539999,INTENT_EXPIRED",
    "0,INTENT_EXPIRED",
    "-9223372036854775808,TIME_INVALID",
    "9223372036854775807,TIME_INVALID"
  })
  void shouldTakeTimesOfTheLastMinute(long createdAtMs, String expected) {
    // when
    Optional<Finding> denial = check(intent("i").setCreatedAtMs(createdAtMs));

    // then
    assertThat(codeOf(denial)).isEqualTo(expected);
  }

  @Test
  void shouldSayHowOldItIs() {
    // when
    Optional<Finding> expired = check(intent("i").setCreatedAtMs(NOON - 60_001));
    Optional<Finding> early = check(intent("i").setCreatedAtMs(NOON + 5_001));

    // then
    assertThat(numbersOf(expired)).containsExactly("ageMs=60001", "maximumMs=60000");
    assertThat(numbersOf(early))
        .containsExactly("createdAtMs=1763553605001", "nowMs=1763553600000", "toleranceMs=5000");
  }

  @Test
  void shouldRefuseARecordWhoseTimeWasRejected() {
    // given
    IntentValidator.Arrival rejected =
        new IntentValidator.Arrival(OptionalLong.of(-5), OptionalLong.empty());

    // when
    Optional<Finding> denial = IntentValidator.check(intent("i").build(), rejected, POLICY, NOON);

    // then
    assertThat(codeOf(denial)).isEqualTo("TIME_INVALID");
    assertThat(numbersOf(denial)).contains("recordMs=-5");
  }

  @ParameterizedTest
  @CsvSource({"0,INTENT_DUPLICATE", "86399999,INTENT_DUPLICATE", "86400000,''", "86400001,''"})
  void shouldRefuseAnIdDecidedWithinADay(long ago, String expected) {
    // given
    IntentValidator.Arrival again =
        new IntentValidator.Arrival(OptionalLong.empty(), OptionalLong.of(NOON - ago));

    // when
    Optional<Finding> denial = IntentValidator.check(intent("i").build(), again, POLICY, NOON);

    // then
    assertThat(codeOf(denial)).isEqualTo(expected);
  }

  @Test
  void shouldHoldWhateverTheAge() {
    // given
    TradeIntent.Builder old =
        intent("i").setAction(IntentAction.HOLD).setCreatedAtMs(NOON - 10 * HOUR);

    // when
    Optional<Finding> denial = check(old);

    // then
    assertThat(codeOf(denial)).isEqualTo("INTENT_HOLD");
  }

  @Test
  void shouldRefuseAHoldThatIsSentAgain() {
    // given
    TradeIntent hold = intent("i").setAction(IntentAction.HOLD).build();
    IntentValidator.Arrival again =
        new IntentValidator.Arrival(OptionalLong.empty(), OptionalLong.of(NOON - 1));

    // when
    Optional<Finding> denial = IntentValidator.check(hold, again, POLICY, NOON);

    // then
    assertThat(codeOf(denial)).isEqualTo("INTENT_DUPLICATE");
    assertThat(numbersOf(denial)).containsExactly("decidedMsAgo=1", "rememberedMs=86400000");
  }

  @Test
  void shouldLookAtNumbersBeforeAnythingElse() {
    // given
    TradeIntent.Builder all =
        intent("").setAction(IntentAction.HOLD).setAmount(null).setCreatedAtMs(-1).setSymbol("");

    // when
    Optional<Finding> denial = check(all);

    // then
    assertThat(codeOf(denial)).isEqualTo("NUMBER_INVALID");
  }

  @Test
  void shouldSayHowManyDigitsThereMayBe() {
    assertThat(numbersOf(check(intent("i").setStopLoss(TOO_LARGE))))
        .containsExactly("stopLoss=100000000000000000000", "maximumDigits=38");
  }

  @ParameterizedTest
  @CsvSource({"16383, ''", "16384, ''", "16385, TEXT_TOO_LONG"})
  void shouldRefuseATextThatIsTooLong(int length, String code) {
    // when
    Optional<Finding> denial = check(intent("i").setReason("a".repeat(length)));

    // then
    assertThat(codeOf(denial)).isEqualTo(code);
    if (denial.isPresent()) {
      assertThat(numbersOf(denial).get(0)).contains("16385 characters");
      assertThat(numbersOf(denial).get(1)).isEqualTo("maximum=16384");
    }
  }

  @Test
  void shouldSayWhichActionItDoesNotKnow() {
    assertThat(numbersOf(check(intent("i").setAction(IntentAction.UNRECOGNIZED))))
        .containsExactly("action=UNRECOGNIZED");
  }
}
