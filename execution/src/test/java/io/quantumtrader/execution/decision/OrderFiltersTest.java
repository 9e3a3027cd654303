package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderFiltersTest {

  private static Instrument instrument(InstrumentStatus status) {
    return new Instrument(
        "ETHUSDT",
        new BigDecimal("0.01"),
        new BigDecimal("0.001"),
        new BigDecimal("0.002"),
        new BigDecimal("5"),
        125,
        status,
        0L,
        null,
        null,
        null,
        List.of());
  }

  @ParameterizedTest(name = "{0} at {1}, reduce only {2}: {4}")
  @CsvSource({
    "0.002, 2500, false, TRADING,",
    "0.002, 2499.99, false, TRADING, FILTER_NOTIONAL",
    "0.002, 2499.99, true, TRADING,",
    "0.003, 2500, false, TRADING,",
    "0.0025, 2500, false, TRADING, FILTER_STEP",
    "0.0025, 2500, true, TRADING, FILTER_STEP",
    "0.001, 9000, false, TRADING, FILTER_QUANTITY",
    "0.001, 9000, true, TRADING, FILTER_QUANTITY",
    "1, 2500, false, BREAK, INSTRUMENT_NOT_TRADING",
    "1, 2500, false, UNRECOGNIZED, INSTRUMENT_NOT_TRADING",
  })
  void shouldRefuseWhatDoesNotFit(
      String quantity, String price, boolean reduceOnly, InstrumentStatus status, ReasonCode code) {
    // when
    Optional<Rejected> refusal =
        OrderFilters.refuseOrder(
            instrument(status), new BigDecimal(quantity), new BigDecimal(price), reduceOnly);

    // then
    assertThat(refusal.map(Rejected::code)).isEqualTo(Optional.ofNullable(code));
    refusal.ifPresent(rejected -> assertThat(rejected.numbers()).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource({"100.01, true", "100.015, false", "0, false", "-0.01, false"})
  void shouldRefuseATriggerOffTheTick(String price, boolean taken) {
    // when
    var refusal =
        OrderFilters.refuseTrigger(instrument(InstrumentStatus.TRADING), new BigDecimal(price));

    // then
    assertThat(refusal.isEmpty()).isEqualTo(taken);
    refusal.ifPresent(refused -> assertThat(refused.code()).isEqualTo(ReasonCode.FILTER_TICK));
  }
}
