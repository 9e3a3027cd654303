package io.quantumtrader.agents.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForecastTest {

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.3, 0.2",
    "1, 0, 0",
    "0, 1, 0",
    "0, 0, 1",
    "0.5, 0.3, 0.2000009",
    "0.5, 0.3, 0.1999991",
  })
  void shouldTakeProbabilitiesThatAddUpToOne(double up, double flat, double down) {
    Forecast forecast = new Forecast(up, flat, down);

    assertThat(forecast.of(Outcome.UP)).isEqualTo(up);
    assertThat(forecast.of(Outcome.FLAT)).isEqualTo(flat);
    assertThat(forecast.of(Outcome.DOWN)).isEqualTo(down);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.3, 0.2000011", "0.5, 0.3, 0.1999989", "0, 0, 0", "1, 1, 0",
    "-0.1, 0.6, 0.5", "0.6, -0.1, 0.5", "0.6, 0.5, -0.1", "1.1, 0, -0.1",
  })
  void shouldRefuseWhatIsNoDistribution(double up, double flat, double down) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Forecast(up, flat, down))
        .withMessageContaining("up " + up)
        .withMessageContaining("flat " + flat)
        .withMessageContaining("down " + down);
  }

  @ParameterizedTest
  @CsvSource({"NaN, 0.5, 0.5", "0.5, NaN, 0.5", "0.5, 0.5, NaN", "Infinity, 0, 0"})
  void shouldRefuseWhatIsNoNumberAndNameTheNumbers(double up, double flat, double down) {
    assertThatThrownBy(() -> new Forecast(up, flat, down))
        .isInstanceOf(NotANumberException.class)
        .hasMessageContaining("up %s, flat %s, down %s", up, flat, down);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.3, 0.2, UP", "0.2, 0.3, 0.5, DOWN", "0.3, 0.4, 0.3, FLAT",
    // No direction is the more probable one.
    "0.4, 0.2, 0.4, FLAT", "0.4, 0.4, 0.2, FLAT", "0.2, 0.4, 0.4, FLAT",
  })
  void shouldSayWhichOutcomeIsMostProbable(double up, double flat, double down, Outcome expected) {
    assertThat(new Forecast(up, flat, down).mostProbable()).isEqualTo(expected);
  }

  @Test
  void shouldDivideWeightsByTheirSum() {
    assertThat(Forecast.proportional(2, 1, 1)).isEqualTo(new Forecast(0.5, 0.25, 0.25));
    assertThatThrownBy(() -> Forecast.proportional(0, 0, 0))
        .isInstanceOf(NotANumberException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> Forecast.proportional(-1, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a b", "a.b", "abcdefghijklmnopqrstuvwxyz0123456"})
  void shouldRefuseNamesOfAnotherForm(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ModelId(name, "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1 2", "abcdefghijklmnopqrstuvwxyz0123456"})
  void shouldRefuseVersionsOfAnotherForm(String version) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ModelId("a", version));
  }

  @Test
  void shouldNameAFileByTheBeginningOfItsHash() {
    String hash = "0123456789ABcdef".repeat(4);

    assertThat(ModelId.ofFile("trees-1", hash)).hasToString("trees-1@0123456789ab");
    assertThat(ModelId.unversioned("trees-1")).hasToString("trees-1@none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelId.ofFile("trees-1", hash.substring(1)));
  }
}
