package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.Given;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** At 1000 an ATR is believed from 0.1 % to 20 % on, and held within 0.5 % and 10 %. */
final class ImpliedStopTest {

  private static Optional<BigDecimal> share(double atr, double factor, Policy policy) {
    return ImpliedStop.share(atr, factor, dec("1000"), policy);
  }

  @ParameterizedTest
  @CsvSource({
    "0.999, ",
    "1, 0.005",
    "4.999, 0.005",
    "5, 0.005",
    "5.001, 0.005001",
    "99.999, 0.099999",
    "100, 0.1",
    "100.001, 0.1",
    "200, 0.1",
    "200.001, "
  })
  void shouldBelieveAnAtrWithinTheBounds(double atr, BigDecimal share) {
    // when
    Optional<BigDecimal> implied = share(atr, 1, Given.policy().build());

    // then
    assertThat(implied.isPresent()).isEqualTo(share != null);
    implied.ifPresent(found -> assertThat(found).isEqualByComparingTo(share));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldImplyNothingFromWhatIsNoDistance(double atr) {
    // given a policy that believes every one
    Policy policy = Given.policy().setAtrStopMinPct(-10).setAtrStopMaxPct(10).build();

    // then
    assertThat(share(atr, 1.5, policy)).isEmpty();
    assertThat(share(1000, 0.001, policy)).isPresent();
  }
}
