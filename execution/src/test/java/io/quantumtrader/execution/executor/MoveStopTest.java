package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UPDATE_SL plans at the desk: the price is 2000.5, the tick 0.1. */
class MoveStopTest extends DeskTestBase {

  private static final String STOP = "qs-" + Plans.id(2) + "-s";
  private static final String TARGET = "qs-" + Plans.id(2) + "-t";

  private void hold(OrderSide side, String stop, String target) {
    take(
        ApplyPlan.newBuilder(Plans.entry(1, ETH, side, "2"))
            .setStopPrice(new BigDecimal(stop))
            .setTargetPrice(new BigDecimal(target))
            .build());
    results.clear();
  }

  private void holdLong() {
    hold(OrderSide.BUY, "1900", "2500");
  }

  private static ApplyPlan.Builder move(OrderSide side, String stop) {
    return Plans.plan(2, "main", ETH, side, PlanAction.UPDATE_SL, "2")
        .setStopPrice(new BigDecimal(stop))
        .setTrigger(ExitTrigger.TRAILING_STOP);
  }

  private static ApplyPlan move(String stop) {
    return move(OrderSide.SELL, stop).build();
  }

  private ExchangePosition position() {
    return accounts.getLast().getPositions().getFirst();
  }

  /** What rests on the exchange, whatever was published. */
  private String resting(Kind kind) {
    return exchange.protection("main", ETH).orElseThrow().stream()
        .filter(order -> order.kind() == kind)
        .map(ProtectiveOrder::triggerPrice)
        .map(price -> price.stripTrailingZeros().toPlainString())
        .findFirst()
        .orElse("none");
  }

  private List<String> protectCalls() {
    return exchange.calls().stream()
        .filter(call -> call.contains(Plans.id(2)))
        .map(call -> call.replace("protect ", ""))
        .toList();
  }

  @Test
  void shouldPutTheNewStopInThePlaceOfTheOldOne() {
    // given
    holdLong();
    assertThat(position().getStopSetBy()).isNull();

    // when: between two ticks, so to the tighter one
    take(move("1950.03"));

    // then
    assertThat(outcomes()).containsExactly(ResultOutcome.SUBMITTING, ResultOutcome.PROTECTED);
    assertOneFinal(ResultOutcome.PROTECTED);
    ApplyResult moved = results.getLast();
    assertThat(moved.getStopPrice()).isEqualByComparingTo("1950.1");
    assertThat(moved.getFill()).isNull();
    assertThat(moved.getFilledQuantity()).isZero();
    assertThat(moved.getTrigger()).isEqualTo(ExitTrigger.TRAILING_STOP);
    assertThat(moved.getCode()).isEmpty();
    assertThat(position().getStopPrice()).isEqualByComparingTo("1950.1");
    assertThat(position().getTargetPrice()).isEqualByComparingTo("2500");
    assertThat(position().getStopSetBy()).isEqualTo(ExitTrigger.TRAILING_STOP);
    assertThat(protectCalls()).containsExactly(STOP);
    assertThat(exchange.calls()).noneMatch(call -> call.startsWith("cancel"));
  }

  @ParameterizedTest(name = "{0} moves to {3}, {2} rests")
  @CsvSource({"BUY, SELL, 1900, 1899.9", "SELL, BUY, 2100, 2100.1"})
  void shouldLeaveATighterStopWhereItIsAndTellTheLedger(
      OrderSide opened, OrderSide closes, String rests, String wanted) {
    // given: a ledger that is older than what rests asks for a stop that is looser
    hold(opened, rests, opened == OrderSide.BUY ? "2500" : "1500");

    // when
    take(move(closes, wanted).build());

    // then
    assertOneFinal(ResultOutcome.PROTECTED);
    assertThat(resting(Kind.STOP)).isEqualTo(rests);
    assertThat(protectCalls()).isEmpty();
    assertThat(results.getLast().getStopPrice()).isEqualByComparingTo(rests);
  }

  @ParameterizedTest(name = "trigger {0}: stop set by {1}")
  @CsvSource({"PROFIT_LOCK, PROFIT_LOCK", "TRAILING_STOP, TRAILING_STOP", "KILL_SCORE,"})
  void shouldSayWhatMovedTheStop(ExitTrigger trigger, ExitTrigger setBy) {
    // given
    holdLong();

    // when
    take(ApplyPlan.newBuilder(move("1950")).setTrigger(trigger).build());

    // then
    assertThat(position().getStopSetBy()).isEqualTo(setBy);
  }

  @ParameterizedTest(name = "target {0}: rests at {1}, placed {2}")
  @CsvSource({"2500, 2500, false", "2500.04, 2500, false", "2600, 2600, true"})
  void shouldReplaceTheTargetWhereThePlanNamesAnother(String named, String rests, boolean placed) {
    // given
    holdLong();

    // when
    take(ApplyPlan.newBuilder(move("1950")).setTargetPrice(new BigDecimal(named)).build());

    // then
    assertOneFinal(ResultOutcome.PROTECTED);
    assertThat(resting(Kind.TARGET)).isEqualTo(rests);
    assertThat(protectCalls().contains(TARGET)).isEqualTo(placed);
  }

  @Test
  void shouldTellThatTheNewTargetWasRefused() {
    // given
    holdLong();

    // when: the price is beyond it
    take(ApplyPlan.newBuilder(move("1950")).setTargetPrice(new BigDecimal("2000.5")).build());

    // then
    assertOneFinal(ResultOutcome.PROTECTED);
    assertThat(results.getLast().getCode()).isEqualTo("PROTECTION_REJECTED");
    assertThat(results.getLast().getStopPrice()).isEqualByComparingTo("1950");
    assertThat(resting(Kind.TARGET)).isEqualTo("2500");
  }

  @ParameterizedTest(name = "{0} closes, stop {1}: {2}, {3} rests")
  @CsvSource({
    "SELL, 2000.4, PROTECTED, 2000.4",
    "SELL, 2000.5, REJECTED, 1900",
    "SELL, 2000.6, REJECTED, 1900",
    "BUY, 2000.6, PROTECTED, 2000.6",
    "BUY, 2000.5, REJECTED, 2100",
    "BUY, 2000.4, REJECTED, 2100",
  })
  void shouldKeepTheOldStopWhereTheNewOneWouldTriggerAtOnce(
      OrderSide side, String stop, ResultOutcome outcome, String rests) {
    // given
    if (side == OrderSide.SELL) {
      holdLong();
    } else {
      hold(OrderSide.SELL, "2100", "1500");
    }

    // when
    take(move(side, stop).build());

    // then
    assertOneFinal(outcome);
    assertThat(resting(Kind.STOP)).isEqualTo(rests);
    if (outcome == ResultOutcome.REJECTED) {
      assertThat(results.getLast().getCode()).isEqualTo("EXCHANGE_REJECTED");
      assertThat(results.getLast().getNumbers())
          .contains(new NumberOf("triggerPrice", stop), new NumberOf("price", "2000.5"));
      assertThat(results.getLast().getStopPrice()).isNull();
    }
  }

  @Test
  void shouldKeepTheOldStopWhereAFilterRefusesTheNewOne() {
    // given
    holdLong();
    exchange.answerProtection(
        new Acknowledgement.Refused(
            ReasonCode.FILTER_TICK, List.of(new NumberOf("tickSize", "0.5")), "off the tick"));

    // when
    take(move("1950.1"));

    // then
    assertOneFinal(ResultOutcome.REJECTED);
    assertThat(results.getLast().getCode()).isEqualTo("FILTER_TICK");
    assertThat(results.getLast().getNumbers()).containsExactly(new NumberOf("tickSize", "0.5"));
    assertThat(results.getLast().getMessage()).isEqualTo("off the tick");
    assertThat(resting(Kind.STOP)).isEqualTo("1900");
  }

  @Test
  void shouldFindThePositionFlat() {
    // when
    take(move("1950"));

    // then
    assertOneFinal(ResultOutcome.ALREADY_FLAT);
    assertThat(results.getLast().getCode()).isEqualTo("POSITION_FLAT");
  }

  @Test
  void shouldAskWhetherTheNewStopRestsWhereTheAnswerWasLost() {
    // given
    holdLong();
    exchange.loseProtectionAnswers(1);

    // when
    take(move("1950"));
    List<ResultOutcome> before = outcomes();
    tick(NOW + 1_000);

    // then
    assertThat(before).containsExactly(ResultOutcome.SUBMITTING, ResultOutcome.UNRESOLVED);
    assertOneFinal(ResultOutcome.PROTECTED);
    assertThat(results.getLast().getStopPrice()).isEqualByComparingTo("1950");
    assertThat(protectCalls()).containsExactly(STOP);
  }

  @ParameterizedTest(name = "asked at {0}: {1}, {2} rests")
  @CsvSource({"60999, PROTECTED, 1950", "61000, LAPSED, 1900"})
  void shouldSendAStopThatNeverArrivedWhileItsPermitLives(
      long nowMs, ResultOutcome outcome, String rests) {
    // given
    holdLong();
    exchange.answerProtection(new Acknowledgement.Unresolved("lost on the way"));
    take(move("1950"));

    // when
    tick(nowMs);

    // then
    assertOneFinal(outcome);
    assertThat(resting(Kind.STOP)).isEqualTo(rests);
  }

  @Test
  void shouldGoOnWithAStopThatAnEarlierExecutorMoved() {
    // given: moved, but only the announcement was committed
    holdLong();
    take(move("1950"));
    List<ApplyResult> committed = List.of(results.getFirst());
    results.clear();

    // when
    desk =
        takenUp(new PartitionHistory(NOW, Map.of(), committed, Map.of(Plans.id(2), move("1950"))));
    tick(NOW + 1_000);

    // then
    assertOneFinal(ResultOutcome.PROTECTED);
    assertThat(protectCalls()).containsExactly(STOP);
  }
}
