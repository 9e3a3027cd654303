package io.quantumtrader.topology.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.NumberOf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of a decision are plain digits, whatever their scale and size. */
class NumbersTest {

  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.000000000000000000, 0",
    "0E+5, 0",
    "2.000000000000000000, 2",
    "-2.500000000000000000, -2.5",
    "0.000000000000000001, 0.000000000000000001",
    "-0.010000000000000000, -0.01",
    "61000.250000000000000000, 61000.25",
    "1200.000000000000000000, 1200",
    "1200, 1200",
    "1.2E+3, 1200",
    "100.10, 100.1",
    "99999999999999999999.999999999999999999, 99999999999999999999.999999999999999999",
    "-5316911983139663491.615228241121378303, -5316911983139663491.615228241121378303"
  })
  void shouldWriteDecimalsInPlainDigitsWithoutZerosAtTheEnd(BigDecimal value, String digits) {
    assertThat(Numbers.none().and("value", value).list())
        .extracting(NumberOf::getValue)
        .containsExactly(digits);
  }

  @Test
  void shouldWriteWhatJavaItselfWrites() {
    Random random = new Random(18);
    for (int round = 0; round < ROUNDS; round++) {
      BigInteger unscaled = new BigInteger(random.nextInt(130), random);
      BigInteger zeros = BigInteger.TEN.pow(random.nextInt(18));
      BigInteger signed = random.nextBoolean() ? unscaled.negate() : unscaled;
      int scale = random.nextInt(3) == 0 ? random.nextInt(40) - 10 : Decimals.SCALE;
      BigDecimal value = new BigDecimal(signed.divide(zeros).multiply(zeros), scale);
      String expected = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();

      List<NumberOf> written = Numbers.none().and("value", value).list();

      assertThat(written.get(0).getValue()).as("%s", value).isEqualTo(expected);
    }
  }
}
