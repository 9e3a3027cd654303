package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.LeverageBracket;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
        List.of(),
        null);
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

  /** Steps of 0.001, smallest order 0.002. */
  @ParameterizedTest
  @CsvSource({
    "0.05, 0.05, 0.05",
    "0.05, 0.051, 0.05",
    "0.05, 0.049, 0.048", // one step less would leave too little
    "0.05, 0.0205, 0.02",
    "0.0505, 0.02, 0.02",
    "0.05, 0, 0.05",
    "0.05, , 0.05",
    "0.05, 0.0001, 0.05" // no order at all would be small enough: the exchange has to say so
  })
  void shouldSendNoMoreOfACloseThanOneOrderTakes(
      BigDecimal quantity, BigDecimal largest, BigDecimal expected) {
    // given
    Instrument limited =
        Instrument.newBuilder(instrument(InstrumentStatus.TRADING))
            .setMaxMarketQuantity(largest == null ? null : Decimals.cash(largest))
            .build();

    // then
    assertThat(OrderFilters.firstPart(quantity, Optional.of(limited)))
        .isEqualByComparingTo(expected);
    assertThat(OrderFilters.firstPart(quantity, Optional.empty())).isEqualByComparingTo(quantity);
  }

  /** What is not noticed is not published, and the stages would go on with the old bound. */
  @Test
  void shouldNoticeEachBoundThatChanges() {
    // given
    LeverageBracket bracket =
        LeverageBracket.newBuilder()
            .setNotionalFloor(Decimals.cash(BigDecimal.ZERO))
            .setNotionalCap(Decimals.cash(BigDecimal.TEN))
            .setMaxLeverage(20)
            .setMaintenanceRatio(Decimals.cash(BigDecimal.ZERO))
            .setMaintenanceAmount(Decimals.cash(BigDecimal.ZERO))
            .build();
    BigDecimal one = Decimals.cash(BigDecimal.ONE);
    Instrument bare = instrument(InstrumentStatus.TRADING);
    Instrument whole =
        Instrument.newBuilder(bare)
            .setMaxMarketQuantity(one)
            .setPercentUp(one)
            .setPercentDown(one)
            .setBrackets(List.of(bracket))
            .build();
    LeverageBracket lower = LeverageBracket.newBuilder(bracket).setMaxLeverage(19).build();

    // then
    assertThat(Instruments.same(whole, Instrument.newBuilder(whole).build())).isTrue();
    assertThat(Instruments.same(bare, Instrument.newBuilder(bare).build())).isTrue();
    assertThat(
            List.of(
                Instrument.newBuilder(whole).setMaxMarketQuantity(null).build(),
                Instrument.newBuilder(whole).setPercentUp(one.add(one)).build(),
                Instrument.newBuilder(whole).setPercentDown(null).build(),
                Instrument.newBuilder(whole).setBrackets(List.of()).build(),
                Instrument.newBuilder(whole).setBrackets(List.of(lower)).build()))
        .noneMatch(other -> Instruments.same(whole, other))
        .noneMatch(other -> Instruments.same(other, whole));
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
