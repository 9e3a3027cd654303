package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.decision.entry.GovernorViews.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.reason.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The smallest order and the minimum notional of an instrument. */
final class GovernorMinimumTest {

  private final GovernorViews governor = new GovernorViews();

  @ParameterizedTest
  @CsvSource({
    "0.0019,MIN_QUANTITY",
    "0.002,0.002",
    "0.0021,0.002",
    "0.0009,MIN_QUANTITY",
    "0.000000000000000001,MIN_QUANTITY"
  })
  void shouldHoldTheSmallestOrder(String amount, String expected) {
    // given
    governor.instrument.setMinQuantity(dec("0.002"));

    // then
    assertThat(governor.code(quantity(amount))).isEqualTo(expected);
  }

  @Test
  void shouldSayWhatTheSmallestOrderIs() {
    // then: the step where it is more than the minimum
    governor.instrument.setMinQuantity(dec("0"));
    assertThat(governor.numbers(quantity("0.0005")))
        .containsExactly("quantity=0", "minimum=0.001", "asked=0.0005");
  }

  @ParameterizedTest
  @CsvSource({"0.003,MIN_NOTIONAL", "0.004,0.004", "0.005,0.005"})
  void shouldHoldTheMinimumNotional(String amount, String expected) {
    // given: 0.004 x 71000
    governor.instrument.setMinNotional(dec("284"));

    // then
    assertThat(governor.code(quantity(amount))).isEqualTo(expected);
  }

  @Test
  void shouldSayHowMuchIsMissingToTheMinimum() {
    // given
    governor.instrument.setMinNotional(dec("284"));

    // then
    assertThat(governor.numbers(quantity("0.003")))
        .containsExactly("notional=213", "minimum=284", "asked=0.003");
  }

  @ParameterizedTest
  @CsvSource({
    // minimum notional, quantity
    "284,0.004",
    "284.1,0.005",
    "3000,MIN_NOTIONAL", // 0.043 x 71000 = 3053 is above the cap of an order
    "2982,0.042"
  })
  void shouldRaiseToTheMinimumWhereThePolicyAllows(String minimum, String expected) {
    // given
    governor.policy.setAllowUpsize(true);
    governor.instrument.setMinNotional(dec(minimum));

    // then
    assertThat(governor.code(quantity("0.003"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.0284,0.004", "0.0283,MIN_NOTIONAL"})
  void shouldRaiseNothingAboveTheShareOfASymbol(double share, String expected) {
    // given
    governor.policy.setAllowUpsize(true).setMaxSymbolShare(share);
    governor.instrument.setMinNotional(dec("284"));

    // then
    assertThat(governor.code(quantity("0.003"))).isEqualTo(expected);
  }

  @Test
  void shouldSayThatItRaised() {
    // given
    governor.policy.setAllowUpsize(true);
    governor.instrument.setMinNotional(dec("284"));

    // then
    assertThat(governor.sized(quantity("0.003")).notes())
        .containsExactly(ReasonCode.QUANTITY_UPSIZED);
  }
}
