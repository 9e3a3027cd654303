package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the exchange took is followed at once; only what may be on its way is waited for. */
class AcceptedOrderTest extends DeskTestBase {

  private static final long WINDOW_MS = 16_000;

  @BeforeEach
  void wide() {
    exchange.receiveWindowMs(WINDOW_MS);
  }

  private static ApplyPlan stopped() {
    return ApplyPlan.newBuilder(entry()).setStopPrice(new BigDecimal("1900")).build();
  }

  private long asked(String call) {
    return exchange.calls().stream().filter(call::equals).count();
  }

  @Test
  void shouldAskSoonForTheFillsOfAnOrderThatWasTaken() {
    // given
    exchange.answer(new Accepted("7", State.OPEN, List.of()));
    take(stopped());

    // when
    tick(NOW + 1_000);

    // then
    assertOneFinal(ResultOutcome.FILLED);
    assertThat(asked("protect " + order() + "-s")).isEqualTo(1);
  }

  @Test
  void shouldPlaceAStopAgainSoonWhoseAnswerWasLost() {
    // given
    exchange.answerProtection(new Acknowledgement.Unresolved("no answer in time"));
    take(stopped());

    // when
    tick(NOW + 1_000);

    // then
    assertThat(asked("protect " + order() + "-s")).isEqualTo(2);
    assertThat(exchange.protection("main", ETH).orElseThrow()).hasSize(1);
  }

  @Test
  void shouldNotSendAnOrderAgainThatWasTakenAndIsNotFound() {
    // given
    exchange.answer(new Accepted("7", State.OPEN, List.of()), new Unknown());
    take(entry());

    // when
    tick(NOW + 1_000);

    // then
    assertThat(asked("execute " + order())).isEqualTo(1);
    assertThat(outcomes()).contains(ResultOutcome.UNRESOLVED);
  }

  @Test
  void shouldWaitForWhatMayBeOnItsWay() {
    // given
    exchange.answer(new Unresolved("no answer in time"));
    take(entry());

    // when
    tick(NOW + WINDOW_MS - 1);
    long before = asked("query " + order());
    tick(NOW + WINDOW_MS);

    // then
    assertThat(before).isZero();
    assertThat(asked("query " + order())).isEqualTo(1);
  }
}
