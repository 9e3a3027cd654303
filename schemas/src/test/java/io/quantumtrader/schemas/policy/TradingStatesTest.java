package io.quantumtrader.schemas.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.TradingState;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradingStatesTest {

  @ParameterizedTest(name = "all {0}, account {1}: {2}")
  @CsvSource({
    ",, REDUCING",
    "ACTIVE,, ACTIVE",
    ", ACTIVE, ACTIVE",
    "ACTIVE, ACTIVE, ACTIVE",
    "ACTIVE, REDUCING, REDUCING",
    "REDUCING, ACTIVE, REDUCING",
    "REDUCING,, REDUCING",
    "HALTED, ACTIVE, HALTED",
    "ACTIVE, HALTED, HALTED",
    ", HALTED, HALTED",
    "REDUCING, HALTED, HALTED",
    "HALTED, REDUCING, HALTED",
    "UNRECOGNIZED, ACTIVE, HALTED",
    ", UNRECOGNIZED, HALTED",
    "REDUCING, UNRECOGNIZED, HALTED",
  })
  void shouldTakeTheStricter(TradingState all, TradingState account, TradingState holds) {
    // when
    TradingState found =
        TradingStates.inForce(Optional.ofNullable(all), Optional.ofNullable(account));

    // then
    assertThat(found).isEqualTo(holds);
  }
}
