package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No entry goes to an exchange at the prices of another market, and every close does. */
final class ForeignMarketTest {

  private static final String ETH = "ETHUSDT";

  private static ApplyPlan entry(int number, String account) {
    return Plans.plan(number, account, ETH, OrderSide.BUY, PlanAction.ENTRY, "2").build();
  }

  private static ApplyPlan close(int number, String account) {
    return Plans.plan(number, account, ETH, OrderSide.SELL, PlanAction.FULL_CLOSE, "2").build();
  }

  private static void assertRefused(List<ApplyResult> results) {
    ApplyResult last = results.getLast();
    assertThat(last.getOutcome()).isEqualTo(ResultOutcome.REJECTED);
    assertThat(last.getCode()).isEqualTo(ReasonCode.MARKET_NOT_OF_EXCHANGE.name());
    assertThat(last.getFinalResult()).isTrue();
  }

  /** Returns an executor whose order for a plan is lost on its way. */
  private static ExecutorFloor floorThatLost(ApplyPlan plan) {
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.TRADE);
    floor.exchange().loseOrders(1);
    floor.take(plan);
    return floor;
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"elsewhere", ""})
  void shouldRefuseEntriesAndLetClosesGoOn(String market) {
    // given: positions of two accounts, and then another feed
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.TRADE);
    floor.open(entry(1, "main"));
    floor.open(entry(2, "second"));
    assertThat(floor.troubles(ExecutorTrouble.FOREIGN_MARKET)).isZero();
    floor.clockOf(Optional.ofNullable(market), 6_000);

    // when
    List<ApplyResult> entered = floor.take(entry(3, "second"));
    List<ApplyResult> closed = floor.take(close(4, "main"));

    // then
    assertRefused(entered);
    assertThat(closed.getLast().getOutcome()).isEqualTo(ResultOutcome.FILLED);
    assertThat(closed.getLast().getFilledQuantity()).isEqualByComparingTo(new BigDecimal("2"));
    assertThat(floor.troubles(ExecutorTrouble.FOREIGN_MARKET)).isEqualTo(1);
  }

  @Test
  void shouldEnterAgainOnceTheMarketIsItsOwn() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.TRADE);
    floor.clockOf(Optional.of("elsewhere"), 6_000);
    assertRefused(floor.take(entry(1, "main")));

    // when
    floor.clockOf(Optional.of(ExecutorFloor.MARKET), 7_000);

    // then
    floor.open(entry(2, "main"));
    assertThat(floor.troubles(ExecutorTrouble.FOREIGN_MARKET)).isZero();
  }

  @Test
  void shouldRefuseWhatAPersonGrantsThen() {
    // given
    ExecutorFloor floor = new ExecutorFloor(ExecutorMode.APPROVE);
    ApplyPlan plan = entry(1, "main");
    assertThat(floor.take(plan).getLast().getOutcome()).isEqualTo(ResultOutcome.AWAITING_APPROVAL);
    floor.clockOf(Optional.of("elsewhere"), 6_000);

    // when
    floor.approve(plan.getPlanId(), true);

    // then
    assertRefused(floor.resultsOf(plan));
  }

  @Test
  void shouldNotSendAgainWhatWasLostBefore() {
    // given
    ApplyPlan plan = entry(1, "main");
    ExecutorFloor floor = floorThatLost(plan);

    // when
    floor.clockOf(Optional.of("elsewhere"), 6_000);

    // then
    assertRefused(floor.resultsOf(plan));
    assertThat(floor.exchange().calls()).filteredOn(each -> each.startsWith("execute")).hasSize(1);
  }

  @Test
  void shouldKnowTheMarketOfTheLastStepAsItTakesOver() {
    // given: the order was lost
    ApplyPlan plan = entry(1, "main");
    ExecutorFloor floor = floorThatLost(plan);

    // when: another feed was there meanwhile
    ExecutorFloor next = floor.restarted(ExecutorMode.TRADE, plan, Optional.of("elsewhere"));

    // then
    assertRefused(next.resultsOf(plan));
    assertThat(next.troubles(ExecutorTrouble.FOREIGN_MARKET)).isEqualTo(1);
    assertThat(next.exchange().calls()).noneMatch(each -> each.startsWith("execute"));
  }
}
