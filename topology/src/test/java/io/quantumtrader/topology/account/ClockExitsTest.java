package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Given;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators' closes and the liquidation guard, which a step of the clock makes due. */
class ClockExitsTest {

  private static final String ETH = "ETHUSDT";

  @TempDir Path directory;
  private AccountDriver driver;
  private long nowMs = NOON;

  @BeforeEach
  void openTwo() {
    driver = new AccountDriver(directory).open();
    driver.result(Given.result(BTC, OrderSide.BUY, Given.fill("f1", "0.02", "71000")));
    driver.result(Given.result(ETH, OrderSide.SELL, Given.fill("f2", "1", "3000")));
    driver.drain();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = TradingState.class,
      names = {"ACTIVE", "REDUCING", "HALTED"})
  void shouldCloseASymbolOnOrderInEveryTradingState(TradingState state) {
    // when
    order(Accounts.ALL, state, new ManualClose("c1", BTC, "news", "ops", NOON));
    List<ApplyPlan> plans = step();

    // then
    assertThat(plans).hasSize(1);
    ApplyPlan plan = plans.get(0);
    assertThat(plan.getSymbol()).isEqualTo(BTC);
    assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(plan.getQuantity()).isEqualTo(dec("0.02"));
    assertThat(plan.getReason()).isEqualTo("news");
    assertThat(plan.getSource()).isEqualTo("operator");
    assertThat(driver.decisions()).extracting(Decision::getCode).contains("MANUAL_CLOSE");
  }

  @Test
  void shouldCloseEverythingWithoutASymbol() {
    order(MAIN, TradingState.ACTIVE, new ManualClose("c1", "", "end", "ops", NOON));

    assertThat(step())
        .extracting(ApplyPlan::getSymbol, ApplyPlan::getSide)
        .containsExactlyInAnyOrder(tuple(BTC, OrderSide.SELL), tuple(ETH, OrderSide.BUY));
  }

  @Test
  void shouldTakeUpAnOrderOnce() {
    // given: closed on order, and opened again later
    order(MAIN, TradingState.ACTIVE, new ManualClose("c1", BTC, "", "ops", NOON));
    ApplyPlan plan = step().get(0);
    driver.result(Given.result(plan, Given.fill("f3", "0.02", "71000")));
    driver.result(Given.result(BTC, OrderSide.BUY, Given.fill("f4", "0.02", "71000")));
    driver.drain();

    // then
    assertThat(step()).isEmpty();
    nowMs += 48 * Given.HOUR;
    assertThat(step()).as("not after its memory could have ended either").isEmpty();
  }

  @Test
  void shouldStandUntilThePositionIsClosed() {
    // given: the first plan is refused
    order(MAIN, TradingState.ACTIVE, new ManualClose("c1", BTC, "", "ops", NOON));
    ApplyPlan first = step().get(0);
    assertThat(step()).as("one at a time").isEmpty();
    driver.result(Given.result(first, null).setResultId("r1").setOutcome(ResultOutcome.REJECTED));
    driver.drain();

    // when
    List<ApplyPlan> second = step();

    // then
    assertThat(second).hasSize(1);
    assertThat(second.get(0).getAttempt()).isEqualTo(1);
    assertThat(second.get(0).getPlanId()).isNotEqualTo(first.getPlanId());
  }

  @Test
  void shouldSayThatThereIsNothingToClose() {
    order(MAIN, TradingState.ACTIVE, new ManualClose("c1", "SOLUSDT", "", "ops", NOON));

    assertThat(step()).isEmpty();
    assertThat(driver.decisions())
        .extracting(Decision::getCode)
        .containsOnlyOnce("NOTHING_TO_CLOSE");
    step();
    assertThat(driver.decisions()).extracting(Decision::getCode).doesNotContain("NOTHING_TO_CLOSE");
  }

  @Test
  void shouldNotTakeUpAnOrderOfADayAgo() {
    order(MAIN, TradingState.ACTIVE, new ManualClose("c1", BTC, "", "ops", NOON - 24 * Given.HOUR));

    assertThat(step()).isEmpty();
  }

  @ParameterizedTest(name = "wallet {0} -> closes {1}")
  @CsvSource({
    // a loss of 30 on ETH; gross notional 1420 + 3030 = 4450, of which a tenth is 445
    "475.1, 0",
    "475, 1",
    "474.9, 1",
    // with ETH gone 1420 remain, of which a fifth is 284
    "314, 1",
    "313.9, 2",
  })
  void shouldCloseWorstFirstUntilTheMarginRatioIsBack(String wallet, int closes) {
    // given
    PositionLedger eth = Given.position(ETH, PositionSide.SHORT, "1", "3000").build();
    driver.snapshot(Given.snapshot(eth, "3030", NOON));
    driver.exchange(Given.exchange(MAIN, wallet, NOON));

    // when
    List<ApplyPlan> plans = step();

    // then
    assertThat(plans).hasSize(closes);
    assertThat(plans)
        .extracting(ApplyPlan::getSymbol)
        .startsWith(List.of(ETH, BTC).subList(0, closes).toArray(String[]::new));
    assertThat(plans)
        .allSatisfy(plan -> assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.LIQUIDATION_GUARD));
    assertThat(driver.decisions())
        .filteredOn(decision -> decision.getCode().equals("LIQUIDATION_GUARD"))
        .hasSize(closes);
  }

  @Test
  void shouldNotGuardTwiceWhileTheCloseIsUnderWay() {
    // given
    PositionLedger eth = Given.position(ETH, PositionSide.SHORT, "1", "3000").build();
    driver.snapshot(Given.snapshot(eth, "3030", NOON));
    driver.exchange(Given.exchange(MAIN, "314", NOON));
    assertThat(step()).hasSize(1);

    // then
    assertThat(step()).isEmpty();
  }

  private void order(String account, TradingState state, ManualClose close) {
    driver.control(
        Control.newBuilder(Given.control(account, state)).setCloses(List.of(close)).build());
  }

  private List<ApplyPlan> step() {
    nowMs += 1000;
    driver.clock(nowMs);
    return driver.plans();
  }
}
