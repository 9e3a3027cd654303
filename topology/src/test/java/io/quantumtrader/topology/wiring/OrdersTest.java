package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static io.quantumtrader.topology.wiring.Pipeline.TWIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.Names;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators' orders to close, and the liquidation guard, as the clock comes to them. */
final class OrdersTest extends WiringTest {

  @Test
  void shouldNotWaitForAStopThatIsBeingMoved() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    ApplyPlan moving =
        pipeline
            .when(
                it ->
                    it.proposal(
                        Given.proposal()
                            .setAction("UPDATE_SL")
                            .setStopTrigger(ExitTrigger.TRAILING_STOP)
                            .setNewStop(dec("70500"))))
            .plan();
    assertThat(moving.getAction()).isEqualTo(PlanAction.UPDATE_SL);
    order(new ManualClose("c1", BTC, "", "ops", NOON));

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(outputs.plan().getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(outputs.codes(MAIN)).containsExactly("MANUAL_CLOSE");
  }

  @Test
  void shouldLetACloseByIntentPassAStopThatIsBeingMovedAndThenBeTheOnlyOne() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.adopt(TWIN, BTC, OrderSide.BUY, "0.02", "71000");
    for (String account : List.of(MAIN, TWIN)) {
      pipeline.proposal(
          Given.proposal()
              .setAccount(account)
              .setPositionId(account + ":BTCUSDT:1")
              .setAction("UPDATE_SL")
              .setStopTrigger(ExitTrigger.TRAILING_STOP)
              .setNewStop(dec("70500")));
    }

    // when
    Outputs first = pipeline.when(it -> it.intent(close("c1")));
    Outputs second = pipeline.when(it -> it.intent(close("c2")));

    // then
    assertThat(first.plan().getTrigger()).isEqualTo(ExitTrigger.INTENT);
    assertThat(first.plan().getAccount()).isEqualTo(MAIN);
    assertThat(second.codes(MAIN)).containsExactly("EXIT_IN_FLIGHT");
  }

  private static TradeIntent.Builder close(String id) {
    return Given.intent(id).setAction(IntentAction.CLOSE);
  }

  @Test
  void shouldCloseTheSymbolThatWasNamedAndNoneThatBeginsWithIt() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.adopt(MAIN, "BTCUSD", OrderSide.BUY, "0.01", "71000");
    pipeline.adopt(MAIN, "BTCUSDTX", OrderSide.BUY, "0.01", "71000");
    order(new ManualClose("c1", "BTCUSD", "", "ops", NOON));

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(outputs.plans()).extracting(ApplyPlan::getSymbol).containsExactly("BTCUSD");
  }

  /** Three hours, in which the full hour passes three times. */
  @Test
  void shouldKnowADoneOrderAsLongAsControlNamesIt() {
    // given: closed on order, and opened anew
    closeOnOrder("c1");
    pipeline.pass(HOUR).pass(HOUR);
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");

    // when
    Outputs outputs = pipeline.when(it -> it.pass(HOUR));

    // then
    assertThat(outputs.plans()).isEmpty();
    assertThat(pipeline.driver().rows(Names.CLOSE_ORDER_STORE)).containsOnlyKeys("main|c1");
  }

  @Test
  void shouldForgetADoneOrderThatControlNamesNoMore() {
    // given: one order is dropped, and the other account's of the same id stands
    closeOnOrder("c1");
    pipeline.control(TWIN, TradingState.ACTIVE, new ManualClose("c1", "", "", "ops", NOON));
    pipeline.pass(1000);
    pipeline.control(MAIN, TradingState.ACTIVE);
    assertThat(pipeline.driver().rows(Names.CLOSE_ORDER_STORE))
        .containsOnlyKeys("main|c1", "main3|c1");

    // when
    pipeline.when(it -> it.pass(HOUR));

    // then
    assertThat(pipeline.driver().rows(Names.CLOSE_ORDER_STORE)).containsOnlyKeys("main3|c1");
  }

  @Test
  void shouldNotForgetBeforeTheFullHour() {
    // given
    closeOnOrder("c1");

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(outputs.plans()).isEmpty();
    assertThat(pipeline.driver().rows(Names.CLOSE_ORDER_STORE)).containsOnlyKeys("main|c1");
  }

  /** An order stands until its positions are closed, also over a full hour. */
  @Test
  void shouldStandByAnOrderThatIsNotDoneOverTheHour() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    order(new ManualClose("c1", BTC, "", "ops", NOON));
    ApplyPlan first = pipeline.when(it -> it.pass(1000)).plan();
    pipeline.pass(HOUR);
    pipeline.refuse(first);

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(outputs.plan().getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(outputs.plan().getAttempt()).isEqualTo(1);
  }

  /** Equity of 900 over 12000, at the guard; two minutes old at most it counts. */
  @ParameterizedTest
  @CsvSource({"119999, 1", "120000, 1", "120001, 0"})
  void shouldGuardOnFreshEquityAlone(long ageMs, int closes) {
    // given
    pipeline.adopt(MAIN, ETH, OrderSide.BUY, "4", "3000");
    pipeline.wallet(MAIN, "900");

    // when
    Outputs outputs = pipeline.when(it -> it.clock(NOON + ageMs));

    // then
    assertThat(outputs.plans()).hasSize(closes);
    assertThat(outputs.plans())
        .allSatisfy(plan -> assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.LIQUIDATION_GUARD));
  }

  private void closeOnOrder(String id) {
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    order(new ManualClose(id, BTC, "", "ops", NOON));
    pipeline.fill(pipeline.when(it -> it.pass(1000)).plan(), "71000");
    pipeline.pass(1000);
  }

  private void order(ManualClose close) {
    pipeline.control(MAIN, TradingState.ACTIVE, close);
  }
}
