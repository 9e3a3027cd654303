package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.wiring.Pipeline.DEFAULT;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static io.quantumtrader.topology.wiring.Pipeline.TWIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An account's own policy holds for it, in each stage, and for nobody else. */
final class OwnPolicyTest extends WiringTest {

  @Test
  void shouldHoldEachAccountToItsOwnLimitOfPositions() {
    // given: two positions each, of three and of two that they may have
    pipeline.policy(DEFAULT, Pipeline.policy().setMaxPositions(3));
    pipeline.policy(TWIN, Pipeline.policy().setMaxPositions(2));
    for (String account : List.of(MAIN, TWIN)) {
      pipeline.adopt(account, "SOLUSDT", OrderSide.BUY, "1", "10");
      pipeline.adopt(account, "XRPUSDT", OrderSide.BUY, "1", "10");
    }

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.intent(Pipeline.buy(MAIN, "m1", BTC))
                    .intent(Pipeline.buy(TWIN, "t1", BTC))
                    .intent(Pipeline.buy(MAIN, "m2", ETH)));

    // then
    assertThat(outputs.decisions())
        .extracting(Decision::getAccount, Decision::getCode, Decision::getPolicyName)
        .containsExactly(
            tuple(MAIN, "PERMIT_GRANTED", DEFAULT),
            tuple(TWIN, "POSITION_LIMIT", TWIN),
            tuple(MAIN, "POSITION_LIMIT", DEFAULT));
  }

  @Test
  void shouldGoByTheNextVersionFromTheNextIntentOn() {
    // given: decided by one version, of which none more may be held
    pipeline.policy(DEFAULT, Pipeline.policy().setMaxPositions(1));
    pipeline.adopt(MAIN, "SOLUSDT", OrderSide.BUY, "1", "10");
    Outputs before = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "m1", BTC)));
    assertThat(before.codes(MAIN)).containsExactly("POSITION_LIMIT");

    // when
    pipeline.policy(DEFAULT, Pipeline.policy().setMaxPositions(2).setVersion(2));
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "m2", BTC)));

    // then
    assertThat(outputs.plan().getPolicyVersion()).isEqualTo(2);
  }

  @Test
  void shouldLetTheOwnPolicyBeTheLooserOne() {
    // given
    pipeline.policy(DEFAULT, Pipeline.policy().setMaxPositions(2));
    pipeline.policy(TWIN, Pipeline.policy().setMaxPositions(3));
    pipeline.adopt(TWIN, "SOLUSDT", OrderSide.BUY, "1", "10");
    pipeline.adopt(TWIN, "XRPUSDT", OrderSide.BUY, "1", "10");

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(TWIN, "t1", BTC)));

    // then
    assertThat(outputs.plan().getPolicyName()).isEqualTo(TWIN);
  }

  @Test
  void shouldCalibrateByTheOwnPolicy() {
    // given: a kill score of 0.62 is unstable for the one and not for the other
    pipeline.policy(TWIN, Pipeline.policy().setUnstableKillScore(0.6));
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.adopt(TWIN, BTC, OrderSide.BUY, "0.02", "71000");

    // when
    Outputs outputs =
        pipeline.when(
            it -> it.proposal(Pipeline.closeAll(MAIN, BTC)).proposal(Pipeline.closeAll(TWIN, BTC)));

    // then
    assertThat(outputs.calibrated())
        .extracting(HarvestProposal::getAccount, each -> each.getCalibration().getCode())
        .containsExactly(tuple(MAIN, "CLOSE_PASSED"), tuple(TWIN, "HEAT_HOLD"));
    assertThat(outputs.decisions())
        .extracting(Decision::getCode, Decision::getPolicyName)
        .containsExactly(tuple("CLOSE_GRANTED", DEFAULT), tuple("HEAT_HOLD", TWIN));
  }

  @Test
  void shouldGuardByTheOwnPolicyWhenTheClockPasses() {
    // given: equity over notional is 10000 / 12000 for both
    pipeline.policy(
        TWIN, Pipeline.policy().setLiquidationGuardRatio(0.9).setLiquidationTargetRatio(0.95));
    pipeline.adopt(MAIN, ETH, OrderSide.BUY, "4", "3000");
    pipeline.adopt(TWIN, ETH, OrderSide.BUY, "4", "3000");

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(outputs.plan().getAccount()).isEqualTo(TWIN);
    assertThat(outputs.codes(TWIN)).containsExactly("LIQUIDATION_GUARD");
    assertThat(outputs.codes(MAIN)).isEmpty();
  }

  @Test
  void shouldReportALatePlanByTheOwnPolicy() {
    // given: reported after ten minutes by default, after one by the own policy
    pipeline.policy(TWIN, Pipeline.policy().setReservationReportMs(MINUTE));
    pipeline.granted(MAIN, "m1", BTC);
    pipeline.granted(TWIN, "t1", BTC);

    // when
    Outputs outputs = pipeline.when(it -> it.pass(MINUTE + 1));

    // then
    assertThat(outputs.codes(TWIN)).containsExactly("RESERVATION_OVERDUE");
    assertThat(outputs.codes(MAIN)).isEmpty();
  }

  @Test
  void shouldRememberIntentsAsLongAsTheOwnPolicySays() {
    // given: a day by default, two by the own policy
    pipeline.policy(TWIN, Pipeline.policy().setDedupeMs(48 * HOUR));
    pipeline.refuse(pipeline.granted(MAIN, "same", BTC));
    pipeline.refuse(pipeline.granted(TWIN, "same", BTC));
    pipeline.pass(25 * HOUR);

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.intent(Pipeline.buy(MAIN, "same", BTC)).intent(Pipeline.buy(TWIN, "same", BTC)));

    // then
    assertThat(outputs.decisions())
        .extracting(Decision::getAccount, Decision::getCode)
        .containsExactly(tuple(MAIN, "PERMIT_GRANTED"), tuple(TWIN, "INTENT_DUPLICATE"));
  }

  @Test
  void shouldAdoptWithTheStopOfTheOwnPolicy() {
    // given: nothing is known of the symbol, so the stop is the policy's share of the price
    pipeline.policy(TWIN, Pipeline.policy().setAdoptedStopPct(0.05));

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.adopt(MAIN, "SOLUSDT", OrderSide.BUY, "1", "10")
                    .adopt(TWIN, "SOLUSDT", OrderSide.BUY, "1", "10"));

    // then
    assertThat(outputs.ledgers())
        .extracting(
            PositionLedger::getAccount,
            row -> row.getRisk().getInitialStop().stripTrailingZeros().toPlainString())
        .containsExactly(tuple(MAIN, "9.8"), tuple(TWIN, "9.5"));
  }

  @Test
  void shouldHarvestByTheOwnPolicy() {
    // given: a profit of a little more than 1 R; the first rung is at 2 R by default
    pipeline.policy(TWIN, Pipeline.policy().setHarvestRungs(List.of(1.0, 4.0, 6.0)));
    for (String account : List.of(MAIN, TWIN)) {
      pipeline.adopt(account, BTC, OrderSide.BUY, "0.02", "71000");
    }
    pipeline.pass(MINUTE).candle(BTC, "71000");
    pipeline.pass(MINUTE);

    // when
    Outputs outputs = pipeline.when(it -> it.candle(BTC, "73000"));

    // then
    assertThat(outputs.of(Topic.HARVEST_PROPOSAL, HarvestProposal.class))
        .extracting(out -> out.value().getAccount(), out -> out.value().getAction())
        .containsExactly(tuple(MAIN, "NONE"), tuple(TWIN, "PARTIAL_25"));
    assertThat(outputs.plans()).extracting(ApplyPlan::getAccount).containsExactly(TWIN);
  }
}
