package io.quantumtrader.topology.decision;

import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecimalsTest {

  @Test
  void shouldRoundQuantitiesDownAndCashHalfToEven() {
    // given
    BigDecimal value = new BigDecimal("0.0000000000000000015");

    // then
    assertThat(Decimals.quantity(value)).isEqualTo(dec("0.000000000000000001"));
    assertThat(Decimals.cash(value)).isEqualTo(dec("0.000000000000000002"));
    assertThat(Decimals.quantity(value.negate())).isEqualTo(dec("-0.000000000000000001"));
    assertThat(Decimals.cash(new BigDecimal("0.0000000000000000025")))
        .isEqualTo(dec("0.000000000000000002"));
  }

  @Test
  void shouldDivideToTheLastDigit() {
    assertThat(Decimals.quotientDown(dec("2"), dec("3"))).isEqualTo(dec("0.666666666666666666"));
    assertThat(Decimals.quotient(dec("2"), dec("3"))).isEqualTo(dec("0.666666666666666667"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0129,0.001,0.012,0.013",
    "0.012,0.001,0.012,0.012",
    "7,5,5,10",
    "0,5,0,0",
    "-1,5,-5,0"
  })
  void shouldGoToMultiples(String value, String step, String floor, String ceiling) {
    assertThat(Decimals.floorTo(dec(value), dec(step))).isEqualTo(dec(floor));
    assertThat(Decimals.ceilTo(dec(value), dec(step))).isEqualTo(dec(ceiling));
  }

  @ParameterizedTest
  @CsvSource({
    "99999999999999999999.999999999999999999,true",
    "100000000000000000000,false",
    "-100000000000000000000,false",
    "-99999999999999999999,true",
    "0,true"
  })
  void shouldKnowWhatFits(BigDecimal value, boolean fits) {
    assertThat(Decimals.fits(value)).isEqualTo(fits);
  }

  @Test
  void shouldReadARatioAsItsShortestDecimal() {
    assertThat(Decimals.ratio(0.1)).isEqualTo(new BigDecimal("0.1"));
    assertThat(Decimals.ratio(3000)).isEqualByComparingTo("3000");
  }

  @Test
  void shouldKnowWhatIsAboveZero() {
    assertThat(Decimals.isPositive(dec("0.000000000000000001"))).isTrue();
    assertThat(Decimals.isPositive(dec("0"))).isFalse();
    assertThat(Decimals.isPositive(dec("-1"))).isFalse();
  }
}
