package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.TwinAlgoOrder;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A close passes where a move of the stop was cut short, on an exchange that counts its bridge. */
@Tag("assumes-conditional-takes-position")
class CloseBesideBridgeTest extends OnTheTwin {

  /** Returns whether a conditional reduce-only order takes up the position while it waits. */
  boolean takes() {
    return true;
  }

  @Test
  void shouldCloseAllThatIsOpen() {
    // given: the bridge rests beside the old stop
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));
    twin.faults().next("DELETE", "/fapi/v1/algoOrder", RestFault.cut(false), 1);
    assertThat(exchange.protect(stop("59500", OTHER_PLAN, ExitTrigger.PROFIT_LOCK)))
        .isInstanceOf(Unresolved.class);
    List<TwinAlgoOrder> before = bridges();

    // when
    OrderOutcome close =
        exchange.execute(order(OrderSide.SELL, "0.010", true, "qs-aaaaaaaaaaaaaaaa"));

    // then
    assertThat(before).singleElement().matches(each -> each.status() == AlgoStatus.NEW);
    assertThat(close)
        .isInstanceOfSatisfying(
            Accepted.class, taken -> assertThat(taken.state()).isEqualTo(State.FILLED));
    assertThat(twin.state().amount(MAIN, BTC)).isEqualByComparingTo("0");
    // Where it is in the way it is cancelled, and not before: it may be all that protects.
    assertThat(bridges())
        .singleElement()
        .extracting(TwinAlgoOrder::status)
        .isEqualTo(takes() ? AlgoStatus.CANCELED : AlgoStatus.NEW);
  }

  private List<TwinAlgoOrder> bridges() {
    return twin.state().conditionalOrders(MAIN).stream()
        .filter(each -> !each.request().closePosition())
        .toList();
  }
}
