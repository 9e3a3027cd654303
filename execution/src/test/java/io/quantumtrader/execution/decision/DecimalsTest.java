package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.TradingState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {

  @Test
  void shouldWriteNumbersPlainly() {
    // when
    List<NumberOf> numbers =
        Decimals.numbers(
            "price", new BigDecimal("2500.100"),
            "step", new BigDecimal("1E+3"),
            "open", new BigDecimal("0E-18"),
            "nowMs", 5L,
            "state", TradingState.HALTED);

    // then
    assertThat(numbers)
        .containsExactly(
            new NumberOf("price", "2500.1"),
            new NumberOf("step", "1000"),
            new NumberOf("open", "0"),
            new NumberOf("nowMs", "5"),
            new NumberOf("state", "HALTED"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0000000000000000005, 0",
    "0.0000000000000000015, 0.000000000000000002",
    "0.0000000000000000025, 0.000000000000000002",
    "-0.0000000000000000015, -0.000000000000000002"
  })
  void shouldRoundCashHalfEven(String value, String cash) {
    // when
    BigDecimal rounded = Decimals.cash(new BigDecimal(value));

    // then
    assertThat(rounded).isEqualByComparingTo(cash);
    assertThat(rounded.scale()).isEqualTo(18);
  }

  @ParameterizedTest
  @CsvSource({
    "1.23, 0.1, DOWN, 1.2",
    "1.21, 0.1, UP, 1.3",
    "70, 100, DOWN, 0",
    "1.2, 0.1, UP, 1.2"
  })
  void shouldRoundToMultiples(String value, String unit, RoundingMode mode, String multiple) {
    // when
    BigDecimal rounded = Decimals.toMultiple(new BigDecimal(value), new BigDecimal(unit), mode);

    // then
    assertThat(rounded).isEqualByComparingTo(multiple);
    assertThat(Decimals.isMultiple(rounded, new BigDecimal(unit))).isTrue();
  }
}
