package io.quantumtrader.connectors.redis.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyFloatTest {

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "2.0, 2.0",
    "5.0, 5.0",
    "-1.5, -1.5",
    "0.1, 0.1",
    "0.3, 0.3",
    "30000.0, 30000.0",
    "1773500000.25, 1773500000.25",
    "0.008450704225352112, 0.008450704225352112",
    "0.04225352112676056, 0.04225352112676056",
    "0.0001, 0.0001",
    "0.00012345, 0.00012345",
    "0.00009999999999999999, 9.999999999999999e-05",
    "0.00001, 1e-05",
    "-0.00001, -1e-05",
    "0.00005, 5e-05",
    "0.000015, 1.5e-05",
    "1.5e-7, 1.5e-07",
    "1e-9, 1e-09",
    "1e-100, 1e-100",
    "9999999999999998.0, 9999999999999998.0",
    "123456789012345.6, 123456789012345.6",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.2345678901234568e17, 1.2345678901234568e+17",
    "1e22, 1e+22",
    "2e23, 2e+23",
    "1e23, 1e+23",
    "9007199254740993.0, 9007199254740992.0",
    "5e-324, 5e-324",
    "1e-323, 1e-323",
    "1.5e-323, 1.5e-323",
    "2e-323, 2e-323",
    "2.5e-323, 2.5e-323",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "8.006115332508172e-17, 8.006115332508172e-17",
    "NaN, nan",
    "Infinity, inf",
    "-Infinity, -inf"
  })
  void shouldPrintDoublesAsPythonDoes(String value, String expected) {
    assertThat(PyFloat.repr(Double.parseDouble(value))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "0E-18, 0.0",
    "0.050000000000000000, 0.05",
    "-0.030000000000000000, -0.03",
    "71000.000000000000000000, 71000.0",
    "0.008450704225352112, 0.008450704225352112",
    "10000000000000000, 1e+16",
    "0.000010000000000000, 1e-05"
  })
  void shouldPrintDecimalsAsTheNearestDouble(String value, String expected) {
    assertThat(PyFloat.repr(new BigDecimal(value))).isEqualTo(expected);
  }

  @Test
  void shouldSpellWhatIsNoNumberAsJsonDoesInPython() {
    assertThat(PyFloat.json(Double.NaN)).isEqualTo("NaN");
    assertThat(PyFloat.json(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    assertThat(PyFloat.json(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    assertThat(PyFloat.json(1e-5)).isEqualTo("1e-05");
  }

  @Test
  void shouldReadBackAsTheSameDoubleWithNoMoreDigitsThanJavaNeeds() {
    // given: bit patterns all over the range
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        continue;
      }

      // when
      String text = PyFloat.repr(value);

      // then
      assertThat(Double.parseDouble(text)).isEqualTo(value);
      assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(value)));
    }
  }

  private static int digits(String number) {
    return new BigDecimal(number).stripTrailingZeros().precision();
  }
}
