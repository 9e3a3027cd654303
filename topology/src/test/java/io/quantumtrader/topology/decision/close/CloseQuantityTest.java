package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.topology.Given;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps of 0.001, smallest order 0.002, minimum notional 5, price 1000. */
final class CloseQuantityTest {

  private static final Instrument INSTRUMENT =
      Given.instrument(BTC).setMinQuantity(dec("0.002")).build();
  private static final BigDecimal PRICE = dec("1000");

  private static CloseQuantity of(String asked, String open) {
    return CloseQuantity.of(Optional.of(dec(asked)), dec(open), Optional.of(INSTRUMENT), PRICE);
  }

  @ParameterizedTest
  @CsvSource({
    // asked, open, closed, action
    "0.1,0.1,0.1,FULL_CLOSE",
    "0.1001,0.1,0.1,FULL_CLOSE",
    "5,0.1,0.1,FULL_CLOSE",
    "0.0999,0.1,0.1,FULL_CLOSE", // 0.099 leaves 0.001, below the smallest order
    "0.098,0.1,0.1,FULL_CLOSE", // leaves 0.002, worth 2
    "0.096,0.1,0.1,FULL_CLOSE", // leaves 0.004, worth 4
    "0.0951,0.1,0.095,PARTIAL_75", // leaves 0.005, worth 5
    "0.0959,0.1,0.095,PARTIAL_75",
    "0.05,0.1,0.05,PARTIAL_50",
    "0.0509,0.1,0.05,PARTIAL_50",
    "0.0019,0.1,0.002,PARTIAL_25", // never below the smallest order
    "0.0001,0.1,0.002,PARTIAL_25",
    "0.0001,0.002,0.002,FULL_CLOSE",
    "0.0001,0.0015,0.0015,FULL_CLOSE", // dust as it is
    "0.09,0.1005,0.09,PARTIAL_75"
  })
  void shouldCloseInStepsWithoutDust(String asked, String open, String closed, PlanAction action) {
    // when
    CloseQuantity result = of(asked, open);

    // then
    assertThat(result.quantity()).isEqualTo(dec(closed));
    assertThat(result.action()).isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource({
    "0.374,PARTIAL_25",
    "0.375,PARTIAL_50",
    "0.624,PARTIAL_50",
    "0.625,PARTIAL_75",
    "0.9,PARTIAL_75"
  })
  void shouldNameThePartByTheNearestOldAction(String asked, PlanAction action) {
    assertThat(of(asked, "1").action()).isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource({
    "0.025,0.1,0.25",
    "0.02499,0.0999,0.25", // 0.024 of 0.0999 is what a quarter comes to in steps
    "0.05,0.1,0.5",
    "0.075,0.1,0.75",
    "0.03,0.1,0.3",
    "0.026,0.1,0.26",
    "0.1,0.1,1",
    "0.5,0.1,1"
  })
  void shouldSayWhichShareIsClosed(String asked, String open, double share) {
    assertThat(of(asked, open).share().orElseThrow()).isCloseTo(share, within(1e-12));
  }

  /** Steps of 0.001, smallest order 0.002: what is left must be enough for an order of its own. */
  @ParameterizedTest
  @CsvSource({
    // asked, open, largest order, closed now, later
    "0.05,0.05,0.05,0.05,",
    "0.05,0.05,0.051,0.05,",
    "0.05,0.05,0.049,0.048,0.002", // one step less would leave too little
    "0.05,0.05,0.048,0.048,0.002",
    "0.05,0.05,0.0475,0.047,0.003", // a limit that lies between two steps
    "0.05,0.05,0.02,0.02,0.03",
    "0.0505,0.0505,0.02,0.02,0.0305", // dust stays with the last part
    "0.04,0.1,0.03,0.03,0.01", // a part of the position
    "0.003,0.1,0.002,0.003,", // too little for two orders: the exchange has to say so
    "0.05,0.05,0.001,0.05,", // no order at all would be small enough
    "0.05,0.05,0,0.05,"
  })
  void shouldCloseInPartsWhatIsMoreThanOneOrder(
      String asked, String open, String largest, String now, String later) {
    // given
    Instrument limited =
        Instrument.newBuilder(INSTRUMENT).setMaxMarketQuantity(dec(largest)).build();

    // when
    CloseQuantity result =
        CloseQuantity.of(Optional.of(dec(asked)), dec(open), Optional.of(limited), PRICE);

    // then
    assertThat(result.quantity()).isEqualByComparingTo(now);
    assertThat(result.rest()).isEqualTo(Optional.ofNullable(later).map(Given::dec));
    boolean all = result.quantity().compareTo(dec(open)) == 0;
    assertThat(result.action() == PlanAction.FULL_CLOSE).isEqualTo(all);
  }

  @Test
  void shouldCloseInPartsWhereTheStepIsNotKnown() {
    // given
    Instrument stepless =
        Given.instrument(BTC).setStepSize(dec("0")).setMaxMarketQuantity(dec("0.04")).build();

    // when
    CloseQuantity result =
        CloseQuantity.of(Optional.empty(), dec("0.1"), Optional.of(stepless), PRICE);

    // then
    assertThat(result.quantity()).isEqualByComparingTo("0.04");
    assertThat(result.rest()).contains(dec("0.06"));
  }

  @Test
  void shouldCloseAllWhereNothingIsSaid() {
    // when
    CloseQuantity result =
        CloseQuantity.of(Optional.empty(), dec("0.12345"), Optional.of(INSTRUMENT), PRICE);

    // then
    assertThat(result.quantity()).isEqualTo(dec("0.12345"));
    assertThat(result.action()).isEqualTo(PlanAction.FULL_CLOSE);
  }

  @ParameterizedTest
  @CsvSource({"0.03333,0.03333,PARTIAL_25", "0.1,0.1,FULL_CLOSE", "0,0.1,FULL_CLOSE"})
  void shouldNotRoundWhereTheStepIsNotKnown(String asked, String closed, PlanAction action) {
    // given
    Instrument stepless = Given.instrument(BTC).setStepSize(dec("0")).build();

    // when
    CloseQuantity unknown =
        CloseQuantity.of(Optional.of(dec(asked)), dec("0.1"), Optional.empty(), PRICE);
    CloseQuantity unusable =
        CloseQuantity.of(Optional.of(dec(asked)), dec("0.1"), Optional.of(stepless), PRICE);

    // then
    assertThat(unknown).isEqualTo(unusable);
    assertThat(unknown.quantity()).isEqualTo(dec(closed));
    assertThat(unknown.action()).isEqualTo(action);
  }
}
