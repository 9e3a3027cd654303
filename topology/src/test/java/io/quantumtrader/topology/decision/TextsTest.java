package io.quantumtrader.topology.decision;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.topology.Given;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be sent in any length is written and kept in a bounded one. */
final class TextsTest {

  /** SHA-256 of 257 times the letter a. */
  private static final String HASH =
      "e8d95cc2b4bc198c54b40bd214df958afb65f5e73d2c2eafe0593cf5c635c1f0";

  private static List<NumberOf> numbers(int count) {
    Numbers numbers = Numbers.none();
    for (int i = 0; i < count; i++) {
      numbers = numbers.and("n" + i, (long) i);
    }
    return numbers.list();
  }

  private static String written(BigDecimal value) {
    return Numbers.none().and("value", value).list().get(0).getValue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256})
  void shouldKeepAnIdOfOrdinaryLength(int length) {
    assertThat(Texts.id("a".repeat(length))).isEqualTo("a".repeat(length));
  }

  @Test
  void shouldKeepTheBeginningAndTheHashOfALongId() {
    assertThat(Texts.id("a".repeat(257))).isEqualTo("a".repeat(64) + "~" + HASH);
  }

  @ParameterizedTest
  @CsvSource({"abcd, abcd", "abcde, abcde", "abcdef, abcde... (6 characters)"})
  void shouldCutALongTextAndSayHowLongItWas(String text, String cut) {
    assertThat(Texts.cut(text, 5)).isEqualTo(cut);
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 64})
  void shouldWriteAsManyNumbersAsARecordTakes(int count) {
    assertThat(numbers(count)).hasSize(count).last().isEqualTo(number(count - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 66})
  void shouldSayHowManyNumbersWereLeftOut(int count) {
    List<NumberOf> written = numbers(count);

    assertThat(written).hasSize(65);
    assertThat(written.get(63)).isEqualTo(number(63));
    assertThat(written.get(64)).isEqualTo(new NumberOf("more", Integer.toString(count - 64)));
  }

  private static NumberOf number(int i) {
    return new NumberOf("n" + i, Integer.toString(i));
  }

  @Test
  void shouldTellANumberOfManyDigitsByItsSize() {
    // given: 1100 bits are written, one more is not
    BigInteger most = BigInteger.TWO.pow(1100).subtract(BigInteger.ONE);

    // then
    assertThat(written(new BigDecimal(most))).isEqualTo(most.toString());
    assertThat(written(new BigDecimal(most.add(BigInteger.ONE)))).isEqualTo("above 10^331");
    assertThat(written(new BigDecimal(most.add(BigInteger.TWO).negate())))
        .isEqualTo("below -10^331");
    assertThat(written(new BigDecimal(BigInteger.TWO.pow(1100), 100))).isEqualTo("above 10^231");
    assertThat(written(new BigDecimal("1E+400").setScale(0))).isEqualTo("above 10^399");
  }

  @Test
  void shouldNameTheFieldThatDoesNotFit() {
    // given
    BigDecimal tooLarge = dec("100000000000000000000");
    PositionLedger row = Given.longBtc().setQuantity(tooLarge).build();
    PositionLedger nested =
        Given.longBtc()
            .setRisk(
                Risk.newBuilder()
                    .setInitialStop(tooLarge)
                    .setFactor(1.5)
                    .setSource(RiskSource.DEFAULT)
                    .build())
            .build();
    PositionLedger good = Given.longBtc().build();

    // then
    assertThatThrownBy(() -> Decimals.requireFit(row))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("PositionLedger.quantity is out of range: " + tooLarge);
    assertThatThrownBy(() -> Decimals.requireFit(nested))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("Risk.initialStop is out of range: " + tooLarge);
    assertThat(Decimals.requireFit(good)).isSameAs(good);
  }

  @Test
  void shouldReturnTheRowThatWasLookedAt() {
    // given
    Lookups lookups = new Lookups(NOON);

    // when
    Optional<String> row = lookups.note("table", "key", Optional.of("row"), text -> NOON - 5);
    Optional<String> none = lookups.note("table", "other", Optional.empty(), text -> NOON);

    // then
    assertThat(row).contains("row");
    assertThat(none).isEmpty();
    assertThat(lookups.list())
        .containsExactly(
            new Lookup("table", "key", NOON - 5, 5L), new Lookup("table", "other", null, null));
    assertThat(new Lookups(NOON, lookups.list()).list()).isEqualTo(lookups.list());
  }

  @Test
  void shouldMakePlanIdsOfWhatThePlanIsFor() {
    assertThat(PlanIds.ofExit("main", "main:BTCUSDT:1|RUNG|2", 0)).isEqualTo("e911478ae766e8da");
    assertThat(PlanIds.ofExit("main", "main:BTCUSDT:1|RUNG|2", 1)).isEqualTo("1edd374d2fa07a28");
    assertThat(PlanIds.ofIntent("main", "i", BTC, OrderSide.BUY)).isEqualTo("e4fab1ad75e66e6c");
  }
}
