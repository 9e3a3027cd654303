package io.quantumtrader.connectors.redis.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyFixedTest {

  @ParameterizedTest
  @CsvSource({
    "71000.0, 8, 71000.00000000",
    "-0.00005227, 8, -0.00005227",
    "0.098221, 6, 0.098221",
    "0.125, 2, 0.12",
    "0.375, 2, 0.38",
    "2.675, 2, 2.67",
    "1e-9, 8, 0.00000000",
    "-1e-9, 8, -0.00000000",
    "-0.0, 2, -0.00",
    "0.5, 0, 0",
    "1.5, 0, 2",
    "1e22, 2, 10000000000000000000000.00",
    "NaN, 2, nan",
    "-Infinity, 2, -inf"
  })
  void shouldRoundTheExactBinaryValueHalfToEven(double value, int decimals, String expected) {
    assertThat(PyFixed.format(value, decimals)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "10000.000000000000000000, 2, 10000.00",
    "0.125, 2, 0.12",
    "0.135, 2, 0.14",
    "-0.004, 2, -0.00",
    "0.004, 2, 0.00",
    "1E+3, 1, 1000.0"
  })
  void shouldRoundDecimalsHalfToEven(BigDecimal value, int decimals, String expected) {
    assertThat(PyFixed.format(value, decimals)).isEqualTo(expected);
  }
}
