package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.position;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.GateResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApplyLayerTest {

  private static final PositionLedger SHORT =
      position(BTC, PositionSide.SHORT, "1", "70000").setLeverage(3).build();

  private Optional<MarketState> state = Optional.of(Given.state(BTC).build());
  private List<OpenPlan> plans = List.of();

  private GateResult<ClosePlan> rule(String quantity) {
    ApplyLayer.Ask ask =
        new ApplyLayer.Ask(
            "0123456789abcdef",
            intent("i").setSource("agent").setReason("turned").setConfidence(0.6).build(),
            Optional.ofNullable(quantity).map(Given::dec));
    return ApplyLayer.rule(
        ask,
        new ApplyLayer.View(
            Given.policy().setVersion(3).build(),
            SHORT,
            plans,
            Optional.of(Given.instrument(BTC).build()),
            state),
        NOON);
  }

  private static ClosePlan granted(GateResult<ClosePlan> result) {
    return ((GateResult.Granted<ClosePlan>) result).value();
  }

  private static OpenPlan plan(String id, PlanAction action, String positionId) {
    return OpenPlan.newBuilder()
        .setPlanId(id)
        .setAccount(MAIN)
        .setSymbol(BTC)
        .setAction(action)
        .setSide(OrderSide.BUY)
        .setPositionId(positionId)
        .setQuantity(dec("1"))
        .setFilledQuantity(dec("0"))
        .setMargin(dec("0"))
        .setNotional(dec("1"))
        .setGrantedAtMs(NOON - 5)
        .build();
  }

  @Test
  void shouldSayInThePlanWhichShareIsClosed() {
    assertThat(granted(rule(null)).plan().getCloseShare()).isEqualTo(1.0);
    assertThat(granted(rule("0.25")).plan().getCloseShare()).isEqualTo(0.25);
    assertThat(granted(rule("0.3")).plan().getCloseShare()).isEqualTo(0.3);
  }

  @Test
  void shouldPlanACloseFromTheLedger() {
    // when
    ClosePlan granted = granted(rule(null));

    // then
    ApplyPlan plan = granted.plan();
    assertThat(plan.getPlanId()).isEqualTo("0123456789abcdef");
    assertThat(plan.getSide()).isEqualTo(OrderSide.BUY);
    assertThat(plan.getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(plan.getReduceOnly()).isTrue();
    assertThat(plan.getQuantity()).isEqualTo(dec("1"));
    assertThat(plan.getPrice()).isEqualTo(dec("71000"));
    assertThat(plan.getNotional()).isEqualTo(dec("71000"));
    assertThat(plan.getMargin()).isZero();
    assertThat(plan.getLeverage()).isEqualTo(3);
    assertThat(plan.getPositionId()).isEqualTo("main:BTCUSDT:1");
    assertThat(plan.getRisk()).isNull();
    assertThat(plan.getIntentId()).isEqualTo("i");
    assertThat(plan.getSource()).isEqualTo("agent");
    assertThat(plan.getReason()).isEqualTo("turned");
    assertThat(plan.getConfidence()).isEqualTo(0.6);
    assertThat(plan.getRegime()).isEqualTo("trend");
    assertThat(plan.getNotes()).isEmpty();
    assertThat(plan.getPolicyVersion()).isEqualTo(3);
    assertThat(plan.getPermit().getKind()).isEqualTo(PermitKind.P26);
    assertThat(plan.getPermit().getGrantedAtMs()).isEqualTo(NOON);
    assertThat(plan.getPermit().getExpiresAtMs()).isEqualTo(NOON + 60_000);
    assertThat(plan.getPermit().getQuantity()).isEqualTo(dec("1"));
    assertThat(plan.getPermit().getPositionQuantity()).isEqualTo(dec("-1"));
    assertThat(text(granted.numbers().list()))
        .containsExactly("quantity=1", "open=-1", "price=71000");
  }

  @Test
  void shouldKeepOtherClosesBackFromNowOn() {
    // when
    ClosePlan granted = granted(rule("0.5"));

    // then
    OpenPlan inFlight = granted.inFlight();
    assertThat(inFlight.getPlanId()).isEqualTo(granted.plan().getPlanId());
    assertThat(inFlight.getPositionId()).isEqualTo("main:BTCUSDT:1");
    assertThat(inFlight.getAction()).isEqualTo(PlanAction.PARTIAL_50);
    assertThat(inFlight.getQuantity()).isEqualTo(dec("0.5"));
    assertThat(inFlight.getNotional()).isEqualTo(dec("35500"));
    assertThat(inFlight.getMargin()).isZero();
    assertThat(inFlight.getGrantedAtMs()).isEqualTo(NOON);
  }

  @ParameterizedTest
  @CsvSource({
    "ENTRY,main:BTCUSDT:1,true", // an entry keeps no close back
    "FULL_CLOSE,main:BTCUSDT:1,false",
    "PARTIAL_25,main:BTCUSDT:1,false",
    "UPDATE_SL,main:BTCUSDT:1,true", // nor does a stop that is being moved
    "FULL_CLOSE,main:BTCUSDT:2,true", // another position
    "FULL_CLOSE,main:ETHUSDT:1,true"
  })
  void shouldLetOneCloseOfAPositionBeInFlight(
      PlanAction action, String positionId, boolean granted) {
    // given
    plans = List.of(plan("fedcba9876543210", action, positionId));

    // when
    GateResult<ClosePlan> ruling = rule(null);

    // then
    assertThat(ruling.denial().isEmpty()).isEqualTo(granted);
  }

  @Test
  void shouldSayWhichCloseIsInFlight() {
    // given
    plans = List.of(plan("fedcba9876543210", PlanAction.FULL_CLOSE, "main:BTCUSDT:1"));

    // when
    Finding denied = rule(null).denial().orElseThrow();

    // then
    assertThat(denied.code().name()).isEqualTo("EXIT_IN_FLIGHT");
    assertThat(text(denied.numbers().list()))
        .containsExactly("planInFlight=fedcba9876543210", "grantedMsAgo=5");
  }

  @ParameterizedTest
  @CsvSource({"0.999,''", "1,''", "1.001,QUANTITY_CAPPED_SENDER"})
  void shouldSayThatMoreWasAskedForThanIsOpen(String asked, String note) {
    // when
    ClosePlan granted = granted(rule(asked));

    // then
    assertThat(String.join(" ", granted.plan().getNotes())).isEqualTo(note);
  }

  @Test
  void shouldValueACloseAtTheEntryPriceWhereNoPriceIsKnown() {
    // given
    state = Optional.empty();

    // when
    ClosePlan granted = granted(rule(null));

    // then
    assertThat(granted.plan().getPrice()).isEqualTo(dec("70000"));
    assertThat(granted.plan().getRegime()).isNull();
  }
}
