package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What rests of a position that is gone. */
final class StopKeeperClearTest extends OpenPositionBase {

  @Test
  void shouldClearWhatIsLeftOfAPositionThatAFillClosed() {
    // given
    open2();

    // when
    stoppedOut();
    report();

    // then
    assertThat(calls("clear")).containsExactly("clear " + ETH);
    later();
    assertThat(calls("clear")).as("answered, and so done").hasSize(1);
  }

  @Test
  void shouldClearAgainWhereTheExchangeDidNotAnswer() {
    // given
    open2();
    stoppedOut();
    exchange.answerClear(new Unresolved("no answer"));
    report();
    int before = calls("clear").size();

    // when
    later();

    // then
    assertThat(before).isEqualTo(1);
    assertThat(calls("clear")).hasSize(2);
  }

  @Test
  void shouldClearAgainWhatTheExchangeRefusesToCancel() {
    // given
    open2();
    stoppedOut();
    exchange.answerClear(REFUSED);
    report();
    int owed = desk.troubles().get(ExecutorTrouble.NOT_CLEARED);

    // when
    later();

    // then
    assertThat(owed).isEqualTo(1);
    assertThat(calls("clear")).hasSize(2);
    assertThat(exchange.protection("main", ETH).orElseThrow()).isEmpty();
    assertThat(desk.troubles()).containsEntry(ExecutorTrouble.NOT_CLEARED, 0);
  }

  @ParameterizedTest
  @MethodSource("notDone")
  void shouldPauseEverLongerBeforeItClearsAgainAndStopAfterADay(Acknowledgement answer) {
    // given
    open2();
    stoppedOut();
    exchange.answerClear(Collections.nCopies(2_000, answer).toArray(Acknowledgement[]::new));
    report();

    // when
    int inAMinute = clearedUntil(NOW + 60_000, 1_000);
    int inTheNextHour = clearedUntil(NOW + 3_660_000, 1_000);
    int inADay = clearedUntil(NOW + ClearingDuty.AT_MOST_MS + 120_000, 60_000);
    int later = clearedUntil(NOW + 2 * ClearingDuty.AT_MOST_MS, 60_000);

    // then: after 1, 2, 4, 8, 16 and 32 seconds, then each minute
    assertThat(inAMinute).isEqualTo(5);
    assertThat(inTheNextHour).isBetween(58, 61);
    assertThat(inADay).isBetween(1_370, 1_400);
    assertThat(later).isZero();
    assertThat(desk.troubles()).containsEntry(ExecutorTrouble.NOT_CLEARED, 0);
  }

  static Stream<Acknowledgement> notDone() {
    return Stream.of(REFUSED, new Unresolved("no answer"));
  }

  /** Lets the clock go on to a time, and returns how often it was cleared meanwhile. */
  private int clearedUntil(long untilMs, long stepMs) {
    int before = calls("clear").size();
    while (laterMs < untilMs) {
      laterMs += stepMs;
      tick(laterMs);
    }
    return calls("clear").size() - before;
  }

  @Test
  void shouldClearAtOnceWhereTheSymbolTradesAgain() {
    // given: it pauses
    open2();
    UnplannedFill stop = stoppedOut();
    exchange.answerClear(REFUSED, REFUSED);
    report();

    // when
    exchange.happened(stop.with(Fill.newBuilder(stop.fill()).setFillId("another").build()));
    report();

    // then
    assertThat(calls("clear")).hasSize(2);
  }

  @Test
  void shouldLeaveWhatRestsToAPlanThatIsUnderWay() {
    // given: another entry in the symbol, of which nothing is known yet
    open2();
    stoppedOut();
    exchange.loseAnswers(1);
    exchange.receiveWindowMs(15_000);
    take(Plans.entry(2, ETH, OrderSide.BUY, "1"));

    // when
    report();
    later();
    List<String> underWay = calls("clear");
    later();

    // then: it is over
    assertThat(underWay).isEmpty();
    assertThat(results.getLast().getFinalResult()).isTrue();
    later();
    assertThat(calls("clear")).hasSize(1);
  }

  @Test
  void shouldLeaveWhatRestsWhileItObserves() {
    // given
    open2();
    ledger.set(booked("2").build());
    settings = MockClients.settings().mode(ExecutorMode.OBSERVE);
    desk = takenUp(PartitionHistory.NONE);
    tick(NOW);
    stoppedOut();
    int before = exchange.calls().size();

    // when
    report();
    later();

    // then
    assertThat(results).extracting(ApplyResult::getOrigin).contains(ResultOrigin.STOP);
    assertThat(exchange.calls()).hasSize(before);
  }

  /** The stop closes the position; the target is left. */
  private UnplannedFill stoppedOut() {
    ProtectiveOrder stop = exchange.protection("main", ETH).orElseThrow().getFirst();
    MarketOrder order =
        new MarketOrder("main", ETH, OrderSide.SELL, new BigDecimal("2"), true, "s", NOW);
    OrderOutcome.Accepted done = (OrderOutcome.Accepted) exchange.paper().execute(order);
    UnplannedFill fill = UnplannedFill.of(stop, done.orderId(), done.fills().getFirst(), 1);
    exchange.happened(fill);
    return fill;
  }
}
