package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceGridTest {

  @ParameterizedTest
  @CsvSource({
    "91234.5, 1, 0.1",
    "91234.500000000000000000, 1, 0.1",
    "90000, 0, 1",
    "9E+4, 0, 1",
    "0.00596, 5, 0.00001",
    "0.388, 3, 0.001",
  })
  void shouldTakeTheTickFromTheDecimals(String price, int decimals, String tick) {
    // when
    int found = PriceGrid.decimals(new BigDecimal(price));

    // then
    assertThat(found).isEqualTo(decimals);
    assertThat(PriceGrid.tick(found)).isEqualByComparingTo(tick);
  }

  @ParameterizedTest
  @CsvSource({
    "91234.5, 0.00001",
    "100000, 0.00001",
    "100000.1, 0.000001",
    "99999.9, 0.00001",
    "1, 1",
    "1.01, 0.1",
    "0.99, 1",
    "0.388100000000000000, 1",
    "0.1, 10",
    "0.11, 1",
    "0.00596, 100",
    "0.000001, 1000000",
  })
  void shouldTakeTheLargestStepWorthAtMostOne(String price, String step) {
    // when
    BigDecimal found = PriceGrid.step(new BigDecimal(price));

    // then
    assertThat(found).isEqualByComparingTo(step);
    assertThat(found.multiply(new BigDecimal(price))).isLessThanOrEqualTo(BigDecimal.ONE);
    assertThat(found.movePointRight(1).multiply(new BigDecimal(price)))
        .isGreaterThan(BigDecimal.ONE);
  }

  @ParameterizedTest
  @CsvSource({
    "100.0, BUY, 0, 0.1, 100.0",
    "100.0, SELL, 0, 0.1, 100.0",
    "100.0, BUY, 10, 0.1, 100.1",
    "100.0, SELL, 10, 0.1, 99.9",
    "100.0, BUY, 1, 0.1, 100.1",
    "100.0, SELL, 1, 0.1, 99.9",
    "100.0, BUY, 11, 0.1, 100.2",
    "100.0, SELL, 11, 0.1, 99.8",
    "100.00, BUY, 1.5, 0.001, 100.015",
    "0.001, SELL, 9999, 0.001, 0.001",
  })
  void shouldMoveTheTakersPriceAgainstHim(
      String last, OrderSide side, String bps, String tick, String price) {
    // when
    BigDecimal taken =
        PriceGrid.taken(new BigDecimal(last), side, new BigDecimal(bps), new BigDecimal(tick));

    // then
    assertThat(taken).isEqualByComparingTo(price);
  }

  @ParameterizedTest
  @CsvSource({
    "99.94, 0.1, true, 100.0",
    "99.94, 0.1, false, 99.9",
    "99.9, 0.1, true, 99.9",
    "99.9, 0.1, false, 99.9",
    "0.01, 0.1, false, 0.1",
  })
  void shouldMoveATriggerTowardsThePrice(String price, String tick, boolean below, String trigger) {
    // when
    BigDecimal found = PriceGrid.trigger(new BigDecimal(price), new BigDecimal(tick), below);

    // then
    assertThat(found).isEqualByComparingTo(trigger);
  }
}
