package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

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
  void shouldNotClearForEverWhatTheExchangeRefusesToCancel() {
    // given
    open2();
    stoppedOut();
    exchange.answerClear(REFUSED);
    report();

    // when
    later();
    later();

    // then
    assertThat(calls("clear")).hasSize(1);
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
  private void stoppedOut() {
    ProtectiveOrder stop = exchange.protection("main", ETH).orElseThrow().getFirst();
    MarketOrder order =
        new MarketOrder("main", ETH, OrderSide.SELL, new BigDecimal("2"), true, "s", NOW);
    OrderOutcome.Accepted done = (OrderOutcome.Accepted) exchange.paper().execute(order);
    exchange.happened(UnplannedFill.of(stop, done.orderId(), done.fills().getFirst(), 1));
  }
}
