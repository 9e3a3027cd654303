package io.quantumtrader.topology.decision;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.policy.PolicyRules;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.heat.ClosePolicy;
import io.quantumtrader.topology.decision.heat.HeatGate;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which policy and which trading state hold, and the small words of sides, plans and regimes. */
final class PoliciesTest {

  private static final Policy DEFAULT = Given.policy().build();
  private static final Policy OWN = Given.policy().setName(MAIN).setVersion(9).build();
  private static final Policy BROKEN = Given.policy().setMaxExposure(Double.NaN).build();

  @Test
  void shouldPutAnAccountsOwnPolicyInPlaceOfTheDefault() {
    assertThat(Policies.inForce(Optional.of(OWN), Optional.of(DEFAULT)))
        .isEqualTo(new Policies.InForce(OWN, true));
    assertThat(Policies.inForce(Optional.empty(), Optional.of(DEFAULT)))
        .isEqualTo(new Policies.InForce(DEFAULT, true));
  }

  @Test
  void shouldFallBackToTheBuiltInOne() {
    // when
    Policies.InForce none = Policies.inForce(Optional.empty(), Optional.empty());

    // then
    assertThat(none.present()).isFalse();
    assertThat(none.policy().getName()).isEqualTo("builtin");
    assertThat(none.policy().getVersion()).isZero();
    assertThat(none.policy().getMaxPositions()).isEqualTo(10);
  }

  @Test
  void shouldNotReckonWithNumbersThatAreNone() {
    assertThat(Policies.inForce(Optional.empty(), Optional.of(BROKEN)).present()).isFalse();
    assertThat(Policies.inForce(Optional.of(BROKEN), Optional.of(DEFAULT)).present()).isFalse();
  }

  @Test
  void shouldReckonWithNoRecordThatBreaksARule() {
    // given
    Policy loose = Given.policy().setMaxPositions(1001).build();
    Policy crossed = Given.policy().setHeatWarm(0.65).build();

    // then: an account's own does not let the default through
    assertThat(Policies.inForce(Optional.of(loose), Optional.of(DEFAULT)).present()).isFalse();
    assertThat(Policies.inForce(Optional.of(loose), Optional.of(DEFAULT)).policy().getName())
        .isEqualTo("builtin");
    assertThat(Policies.inForce(Optional.empty(), Optional.of(crossed)).present()).isFalse();
    assertThat(
            Policies.inForce(
                    Optional.of(Given.policy().setMaxPositions(1000).build()), Optional.empty())
                .present())
        .isTrue();
  }

  @Test
  void shouldKnowTheWordsThatAPolicyMaySay() {
    assertThat(Arrays.stream(ClosePolicy.values()).map(ClosePolicy::label))
        .containsExactlyInAnyOrderElementsOf(PolicyRules.CLOSE_POLICIES);
    assertThat(PolicyRules.HEAT_MODES).containsExactlyInAnyOrder(HeatGate.ENFORCE, HeatGate.SHADOW);
  }

  @Test
  void shouldMakeThePlanIdOfAnIntent() {
    // then: the first 16 hex digits of SHA-256 over main|i-1|BTCUSDT|BUY, by sha256sum
    assertThat(PlanIds.ofIntent(MAIN, "i-1", BTC, OrderSide.BUY)).isEqualTo("ccb24254dba3335b");
    assertThat(PlanIds.ofIntent(MAIN, "i-1", BTC, OrderSide.SELL)).isNotEqualTo("ccb24254dba3335b");
  }

  @Test
  void shouldKnowWhatSidesDo() {
    assertThat(Sides.opens(OrderSide.BUY)).isEqualTo(PositionSide.LONG);
    assertThat(Sides.opens(OrderSide.SELL)).isEqualTo(PositionSide.SHORT);
    assertThat(Sides.closes(PositionSide.LONG)).isEqualTo(OrderSide.SELL);
    assertThat(Sides.closes(PositionSide.SHORT)).isEqualTo(OrderSide.BUY);
    assertThat(Sides.direction(PositionSide.LONG)).isEqualTo(1);
    assertThat(Sides.direction(PositionSide.SHORT)).isEqualTo(-1);
  }

  @Test
  void shouldKnowWhatIsOpen() {
    assertThat(Sides.isOpen(position(BTC, PositionSide.LONG, "1", "1").build())).isTrue();
    assertThat(Sides.isOpen(position(BTC, PositionSide.SHORT, "1", "1").build())).isTrue();
    assertThat(Sides.isOpen(position(BTC, PositionSide.LONG, "0", "1").build())).isFalse();
    assertThat(Sides.isOpen(position(BTC, PositionSide.FLAT, "1", "1").build())).isFalse();
    assertThat(Sides.isOpen(position(BTC, PositionSide.UNRECOGNIZED, "1", "1").build())).isFalse();
    assertThat(Sides.signedQuantity(position(BTC, PositionSide.SHORT, "1", "1").build()))
        .isEqualTo(dec("-1"));
    assertThat(Sides.signedQuantity(position(BTC, PositionSide.LONG, "1", "1").build()))
        .isEqualTo(dec("1"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.4,0.3,0.3,trend",
    "0.3,0.4,0.3,mr",
    "0.3,0.3,0.4,chop",
    "0.4,0.4,0.2,trend",
    "0.4,0.2,0.4,trend",
    "0.2,0.4,0.4,mr"
  })
  void shouldNameTheLikeliestRegime(double trend, double mr, double chop, String expected) {
    assertThat(Regimes.of(Given.state(BTC).setPTrend(trend).setPMr(mr).setPChop(chop).build()))
        .isEqualTo(expected);
  }
}
