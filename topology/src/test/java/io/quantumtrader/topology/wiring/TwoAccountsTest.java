package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static io.quantumtrader.topology.wiring.Pipeline.TWIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two accounts over the same stores, of which the name of one begins the name of the other: what
 * one has and how it stands is nothing to the other, in either direction.
 */
final class TwoAccountsTest extends WiringTest {

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldLetNoExitThroughForAnAccountThatIsHalted(String halted, String active) {
    // given
    pipeline.adopt(halted, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.adopt(active, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.control(halted, TradingState.HALTED);

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.proposal(Pipeline.closeAll(halted, BTC))
                    .proposal(Pipeline.closeAll(active, BTC)));

    // then
    assertThat(outputs.decisions())
        .extracting(Decision::getAccount, Decision::getCode)
        .containsExactly(tuple(halted, "TRADING_HALTED"), tuple(active, "CLOSE_GRANTED"));
    assertThat(outputs.plan().getAccount()).isEqualTo(active);
  }

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldCloseByIntentOnlyForTheAccountThatIsNotHalted(String halted, String active) {
    // given
    pipeline.adopt(halted, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.adopt(active, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.control(halted, TradingState.HALTED);

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.intent(Pipeline.buy(halted, "c1", BTC).setAction(IntentAction.CLOSE))
                    .intent(Pipeline.buy(active, "c1", BTC).setAction(IntentAction.CLOSE)));

    // then
    assertThat(outputs.decisions())
        .extracting(Decision::getAccount, Decision::getCode)
        .containsExactly(tuple(halted, "TRADING_HALTED"), tuple(active, "CLOSE_GRANTED"));
  }

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldOpenOnlyForTheAccountThatIsNotReducing(String reducing, String active) {
    // given
    pipeline.control(reducing, TradingState.REDUCING);

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.intent(Pipeline.buy(reducing, "i1", BTC))
                    .intent(Pipeline.buy(active, "i1", BTC)));

    // then
    assertThat(outputs.decisions())
        .extracting(Decision::getAccount, Decision::getCode)
        .containsExactly(tuple(reducing, "TRADING_REDUCING"), tuple(active, "PERMIT_GRANTED"));
  }

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldHoldEntriesOnlyWhereTheAccountDisagreesWithItsExchange(String held, String other) {
    // given: each is held, in another symbol
    pipeline.held(held, BTC, "0.01");
    pipeline.held(other, ETH, "0.01");

    // when
    Outputs outputs =
        pipeline.when(
            it -> it.intent(Pipeline.buy(held, "i1", BTC)).intent(Pipeline.buy(other, "i1", BTC)));

    // then
    assertThat(outputs.decisions())
        .extracting(Decision::getAccount, Decision::getCode)
        .containsExactly(tuple(held, "POSITION_HELD"), tuple(other, "PERMIT_GRANTED"));
  }

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldCountThePositionsOfTheAccountAlone(String one, String other) {
    // given: three of the one, two of the other
    pipeline.adopt(one, BTC, OrderSide.BUY, "0.01", "71000");
    pipeline.adopt(one, ETH, OrderSide.BUY, "0.1", "3000");
    pipeline.adopt(one, "SOLUSDT", OrderSide.BUY, "1", "10");
    pipeline.adopt(other, "SOLUSDT", OrderSide.BUY, "1", "10");
    pipeline.adopt(other, "XRPUSDT", OrderSide.SELL, "10", "2");

    // when
    Outputs outputs = pipeline.when(it -> it.pass(60_000));

    // then
    assertThat(outputs.portfolio(one))
        .extracting(PortfolioState::getOpenPositions, each -> each.getGrossNotional().intValue())
        .containsExactly(3, 1020);
    assertThat(outputs.portfolio(other))
        .extracting(PortfolioState::getOpenPositions, each -> each.getGrossNotional().intValue())
        .containsExactly(2, 30);
  }

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldCountTheReservationsOfTheAccountAlone(String one, String other) {
    // given: two of the one, one of the other
    pipeline.granted(one, "i1", BTC);
    pipeline.granted(one, "i2", ETH);
    pipeline.granted(other, "i1", ETH);

    // when
    Outputs outputs = pipeline.when(it -> it.pass(60_000));

    // then
    assertThat(outputs.portfolio(one).getReservations()).isEqualTo(2);
    assertThat(outputs.portfolio(other).getReservations()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldCloseOnOrderForTheAccountAlone(String ordered, String other) {
    // given
    pipeline.adopt(ordered, BTC, OrderSide.BUY, "0.01", "71000");
    pipeline.adopt(other, BTC, OrderSide.BUY, "0.01", "71000");
    pipeline.control(ordered, TradingState.ACTIVE, new ManualClose("c1", "", "end", "ops", NOON));

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(outputs.plans()).extracting(ApplyPlan::getAccount).containsExactly(ordered);
  }

  /** The one holds 3 ETH of a volatility of 114 % a day against 10000, the other 0.1. */
  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldHoldByTheHeatOfTheAccountAlone(String hot, String cold) {
    // given
    pipeline.state(Given.state(ETH).setLastPrice(dec("3000")).setSigma(0.03));
    pipeline.adopt(hot, ETH, OrderSide.BUY, "3", "3000");
    pipeline.adopt(cold, ETH, OrderSide.BUY, "0.1", "3000");
    pipeline.pass(1000);

    // when
    Outputs outputs =
        pipeline.when(
            it -> it.proposal(Pipeline.closeAll(hot, ETH)).proposal(Pipeline.closeAll(cold, ETH)));

    // then
    assertThat(outputs.calibrated())
        .extracting(HarvestProposal::getAccount, each -> each.getCalibration().getCode())
        .containsExactly(tuple(hot, "HEAT_HOLD"), tuple(cold, "CLOSE_PASSED"));
    Calibration first = outputs.calibrated().get(0).getCalibration();
    Calibration second = outputs.calibrated().get(1).getCalibration();
    assertThat(first.getLevel()).isEqualTo("HOT");
    assertThat(first.getHeat()).isCloseTo(0.9 * 0.03 * Math.sqrt(1440), within(1e-9));
    assertThat(second.getLevel()).isEqualTo("COLD");
    assertThat(second.getHeat()).isCloseTo(0.03 * 0.03 * Math.sqrt(1440), within(1e-9));
    assertThat(outputs.plans()).extracting(ApplyPlan::getAccount).containsExactly(cold);
  }

  @Test
  void shouldPublishTheHeatOfEachAccount() {
    // given
    pipeline.state(Given.state(ETH).setLastPrice(dec("3000")).setSigma(0.03));
    pipeline.adopt(MAIN, ETH, OrderSide.BUY, "3", "3000");
    pipeline.adopt(TWIN, ETH, OrderSide.BUY, "1", "3000");

    // when
    Outputs outputs = pipeline.when(it -> it.pass(60_000));

    // then
    assertThat(outputs.portfolio(MAIN).getHeatLevel()).isEqualTo("HOT");
    assertThat(outputs.portfolio(TWIN).getHeatLevel()).isEqualTo("WARM");
  }

  @Test
  void shouldObeyTheStricterOfAllAndTheAccount() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.control(Accounts.ALL, TradingState.HALTED);
    pipeline.control(MAIN, TradingState.ACTIVE);

    // when
    Outputs outputs = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("TRADING_HALTED");
  }
}
