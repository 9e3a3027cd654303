package io.quantumtrader.execution.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultRulesTest {

  @Test
  void shouldReadNothingAsNoRule() {
    // when, then
    assertThat(FaultRules.parse("").rules()).isEmpty();
    assertThat(FaultRules.parse(" , ").rules()).isEmpty();
    assertThat(FaultRules.parse("reject=A,partial=B:0.25").rules()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reject", "reject=", "partial=A", "partial=A:1.5", "partial=A:x", "x=A"})
  void shouldSayWhatItCannotRead(String text) {
    // when, then
    assertThatThrownBy(() -> FaultRules.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
