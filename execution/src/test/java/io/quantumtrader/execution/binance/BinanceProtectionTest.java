package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.TwinAlgoOrder;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceProtectionTest extends OnTheTwin {

  private static final String ALGO = "/fapi/v1/algoOrder";

  private List<TwinAlgoOrder> resting() {
    return twin.state().conditionalOrders(MAIN).stream()
        .filter(each -> each.status() == AlgoStatus.NEW)
        .toList();
  }

  private static String seen(ProtectiveOrder order) {
    return order.kind()
        + " "
        + order.triggerPrice().stripTrailingZeros().toPlainString()
        + " "
        + order.clientOrderId()
        + " "
        + order.trigger();
  }

  @Test
  void shouldRestStopAndTargetThatCloseWhatIsOpen() {
    // given
    buy("0.010", PLAN);

    // when
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));
    protect(target("62000", PLAN));

    // then
    assertThat(exchange.protection(MAIN, BTC).orElseThrow())
        .extracting(BinanceProtectionTest::seen)
        .containsExactly(
            "STOP 59000 " + PLAN + "-s STOP_HIT", "TARGET 62000 " + PLAN + "-t TARGET_HIT");
    assertThat(resting()).hasSize(2).allMatch(each -> each.request().closePosition());
    assertThat(position().getStopPrice()).isEqualByComparingTo("59000");
    assertThat(position().getTargetPrice()).isEqualByComparingTo("62000");
    assertThat(position().getStopSetBy()).isNull();
  }

  @Test
  void shouldChangeNothingWhenRepeated() {
    // given
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));
    List<TwinAlgoOrder> before = twin.state().conditionalOrders(MAIN);

    // when
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));

    // then
    assertThat(twin.state().conditionalOrders(MAIN)).isEqualTo(before);
  }

  @Test
  @Tag("assumes-one-closing-order")
  void shouldMoveAStopWithoutAMomentWithoutOne() {
    // given
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));

    // when
    protect(stop("59500", OTHER_PLAN, ExitTrigger.TRAILING_STOP));

    // then
    assertThat(exchange.protection(MAIN, BTC).orElseThrow())
        .extracting(BinanceProtectionTest::seen)
        .containsExactly("STOP 59500 " + OTHER_PLAN + "-s TRAILING_STOP");
    assertThat(resting()).singleElement().matches(each -> each.request().closePosition());
    assertThat(position().getStopSetBy()).isEqualTo(ExitTrigger.TRAILING_STOP);
    assertThat(twin.state().conditionalOrders(MAIN))
        .as("old, bridge, new")
        .extracting(each -> each.request().closePosition())
        .containsExactly(true, false, true);
  }

  /** The process may die, or the exchange be silent, at any of the steps. */
  @ParameterizedTest
  @CsvSource({
    "POST, 1, true", "POST, 1, false", "POST, 2, true", "POST, 2, false",
    "DELETE, 1, true", "DELETE, 1, false", "DELETE, 2, true", "DELETE, 2, false"
  })
  void shouldAlwaysHaveAStopWhileOneIsMoved(String method, int nth, boolean executed) {
    // given
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));
    if (nth == 2) {
      // The first one is answered as done.
      twin.faults().next(method, ALGO, RestFault.lostAnswer(200, 0, "done"), 1);
    }
    twin.faults().next(method, ALGO, RestFault.cut(executed), 1);

    // when
    Acknowledgement first = exchange.protect(stop("59500", OTHER_PLAN, ExitTrigger.PROFIT_LOCK));
    List<TwinAlgoOrder> between = resting();
    boolean protectedBetween = !exchange.protection(MAIN, BTC).orElseThrow().isEmpty();
    Acknowledgement second = exchange.protect(stop("59500", OTHER_PLAN, ExitTrigger.PROFIT_LOCK));

    // then
    assertThat(first).isInstanceOf(Unresolved.class);
    assertThat(between).isNotEmpty();
    assertThat(protectedBetween).isTrue();
    assertThat(second).isInstanceOf(Done.class);
    assertThat(resting())
        .singleElement()
        .matches(each -> each.request().closePosition())
        .extracting(TwinAlgoOrder::clientAlgoId)
        .isEqualTo(OTHER_PLAN + "-sp");
  }

  @Test
  void shouldRefuseAStopThatWasPassedAndKeepTheOldOne() {
    // given
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));

    // when
    Acknowledgement answer = exchange.protect(stop("60100", OTHER_PLAN, ExitTrigger.TRAILING_STOP));

    // then
    assertThat(answer)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(ReasonCode.STOP_PASSED));
    assertThat(exchange.protection(MAIN, BTC).orElseThrow())
        .extracting(BinanceProtectionTest::seen)
        .containsExactly("STOP 59000 " + PLAN + "-s STOP_HIT");
  }

  @Test
  void shouldRefuseATriggerOffTheTick() {
    // given
    buy("0.010", PLAN);

    // then
    assertThat(exchange.protect(stop("59000.05", PLAN, ExitTrigger.STOP_HIT)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(ReasonCode.FILTER_TICK));
  }

  @Test
  void shouldNotKnowAboutAStopWithoutAnAnswer() {
    // given
    buy("0.010", PLAN);
    twin.faults().next("POST", ALGO, RestFault.timeout(true), 1);

    // then
    assertThat(exchange.protect(stop("59000", PLAN, ExitTrigger.STOP_HIT)))
        .isInstanceOf(Unresolved.class);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));
    assertThat(resting()).hasSize(1);
  }

  @Test
  void shouldCancelWhatIsOursAndLeaveTheTradersOwn() {
    // given
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));
    hand("TAKE_PROFIT_MARKET", "65000");

    // when
    Acknowledgement target = exchange.protect(target("62000", PLAN));
    Acknowledgement cancelled = exchange.cancelProtection(MAIN, BTC, now());

    // then
    assertThat(((Refused) target).code()).isEqualTo(ReasonCode.ORDER_LIMIT);
    assertThat(cancelled).isInstanceOf(Done.class);
    assertThat(exchange.cancelProtection(MAIN, BTC, now())).isInstanceOf(Done.class);
    assertThat(exchange.protection(MAIN, BTC).orElseThrow()).isEmpty();
    assertThat(resting()).extracting(TwinAlgoOrder::clientAlgoId).containsExactly("web_1");
  }

  @Test
  void shouldCancelTheOthersWhereOneIsRefused() {
    // given
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));
    protect(target("62000", PLAN));
    twin.faults().next("DELETE", ALGO, RestFault.refusal(400, -4000, "Not now."), 1);

    // when
    Acknowledgement cancelled = exchange.cancelProtection(MAIN, BTC, now());

    // then
    assertThat(cancelled).isInstanceOf(Refused.class);
    assertThat(resting()).hasSize(1);
    assertThat(exchange.cancelProtection(MAIN, BTC, now())).isInstanceOf(Done.class);
    assertThat(resting()).isEmpty();
  }

  /** Places a closing order as the trader does on the web page. */
  private void hand(String type, String price) {
    try (HandOf hand = new HandOf(settings())) {
      hand.send(
          Call.order(ALGO, Urgency.EXIT)
              .with("algoType", "CONDITIONAL")
              .with("symbol", BTC)
              .with("side", "SELL")
              .with("type", type)
              .with("triggerPrice", price)
              .with("closePosition", "true")
              .with("clientAlgoId", "web_1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fapi/v1/openAlgoOrders", "/fapi/v3/positionRisk"})
  void shouldChangeNothingWhereItDoesNotSeeWhatRestsOrIsOpen(String path) {
    // given
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));
    List<TwinAlgoOrder> before = twin.state().conditionalOrders(MAIN);
    twin.faults().next("GET", path, RestFault.refusal(503, -1001, "Internal error"), 1);

    // when
    Acknowledgement answer = exchange.protect(stop("59500", OTHER_PLAN, ExitTrigger.TRAILING_STOP));

    // then
    assertThat(answer).isInstanceOf(Unresolved.class);
    assertThat(twin.state().conditionalOrders(MAIN)).isEqualTo(before);
  }

  @Test
  void shouldProtectAShortPosition() {
    // given
    assertThat(exchange.execute(order(OrderSide.SELL, "0.010", false, PLAN))).isNotNull();

    // when
    protect(
        new ProtectiveOrder(
            MAIN, BTC, OrderSide.BUY, Kind.STOP, new BigDecimal("61000"), PLAN + "-s", now()));

    // then
    assertThat(position().getStopPrice()).isEqualByComparingTo("61000");
  }
}
