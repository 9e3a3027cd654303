package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceOrdersTest extends OnTheTwin {

  private static final String ORDER = "/fapi/v1/order";

  @Test
  @Tag("assumes-ack-without-fills")
  void shouldReturnTheFillsThatTheAcknowledgementDoesNotHave() {
    // when
    Accepted order = buy("0.010", PLAN);

    // then
    assertThat(order.state()).isEqualTo(State.FILLED);
    Fill fill = order.fills().getFirst();
    assertThat(fill.getFillId()).matches("BTCUSDT:\\d+");
    assertThat(fill.getQuantity()).isEqualByComparingTo("0.010");
    assertThat(fill.getFee()).isPositive();
    assertThat(fill.getFeeAsset()).isEmpty();
    assertThat(exchange.query(MAIN, BTC, PLAN, now())).isEqualTo(order);
  }

  @Test
  void shouldReturnEachOfFiftyParts() {
    // given
    twin.matching(faults -> faults.parts(50));

    // when
    Accepted order = buy("0.050", PLAN);

    // then
    assertThat(order.state()).isEqualTo(State.FILLED);
    assertThat(order.fills()).hasSize(50).extracting(Fill::getFillId).doesNotHaveDuplicates();
    assertThat(order.filledQuantity()).isEqualByComparingTo("0.050");
  }

  @Test
  void shouldWaitForAnOrderThatFillsLate() {
    // given
    twin.matching(faults -> faults.fillDelayMs(150));

    // then
    assertThat(buy("0.010", PLAN).state()).isEqualTo(State.FILLED);
  }

  @Test
  void shouldCallAnOrderOpenThatTakesTooLong() {
    // given
    twin.matching(faults -> faults.fillDelayMs(600_000));

    // when
    Accepted order = buy("0.010", PLAN);

    // then
    assertThat(order.state()).isEqualTo(State.OPEN);
    assertThat(order.fills()).isEmpty();
  }

  @Test
  @Tag("assumes-id-taken-again")
  void shouldAnswerARepeatedIdWithTheOrderThatRests() {
    // given
    twin.matching(faults -> faults.fillDelayMs(600_000));
    Accepted first = buy("0.010", PLAN);

    // when
    OrderOutcome second = exchange.execute(order(OrderSide.BUY, "0.010", false, PLAN));

    // then
    assertThat(second).isEqualTo(first);
    assertThat(twin.state().orders(MAIN)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNotKnowWhatBecameOfAnOrderWithoutAnAnswer(boolean executed) {
    // given
    twin.faults().next("POST", ORDER, RestFault.cut(executed), 1);

    // when
    OrderOutcome sent = exchange.execute(order(OrderSide.BUY, "0.010", false, PLAN));
    OrderOutcome asked = exchange.query(MAIN, BTC, PLAN, now());

    // then
    assertThat(sent).isInstanceOf(Unresolved.class);
    assertThat(asked).isInstanceOf(executed ? Accepted.class : Unresolved.class);
    assertThat(twin.state().amount(MAIN, BTC)).isEqualByComparingTo(executed ? "0.010" : "0");
  }

  @Test
  void shouldKnowNothingOfAnOrderThatWasNeverSent() {
    assertThat(exchange.query(MAIN, BTC, PLAN, now())).isInstanceOf(Unknown.class);
  }

  @Test
  @Tag("assumes-id-taken-again")
  void shouldNotSendAnOrderThatWasDecidedTooLongAgo() {
    // given
    long decidedMs = now() - settings().sendsWithin().toMillis() - 1;
    MarketOrder late =
        new MarketOrder(MAIN, BTC, OrderSide.BUY, BigDecimal.ONE, false, PLAN, decidedMs);

    // when
    OrderOutcome outcome = exchange.execute(late);

    // then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Unresolved.class, unresolved -> assertThat(unresolved.mayArrive()).isFalse());
    assertThat(twin.state().orders(MAIN)).isEmpty();
    assertThat(exchange.receiveWindowMs())
        .isGreaterThan(settings().sendsWithin().toMillis() + settings().rest().receiveWindowMs());
  }

  @ParameterizedTest
  @CsvSource({"408, -1007", "500, -1000", "503, -1001", "400, -1006", "503, -1008"})
  void shouldLeaveOpenWhatTheExchangeDoesNotSay(int status, int code) {
    // given
    twin.faults().next("POST", ORDER, RestFault.refusal(status, code, "unknown"), 1);

    // then
    assertThat(exchange.execute(order(OrderSide.BUY, "0.010", false, PLAN)))
        .isInstanceOf(Unresolved.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-2019, MARGIN_INSUFFICIENT",
    "-4164, FILTER_NOTIONAL",
    "-1111, FILTER_STEP",
    "-4005, FILTER_QUANTITY_MAXIMUM",
    "-2027, POSITION_LIMIT_AT_LEVERAGE",
    "-4131, FILTER_PRICE_BAND",
    "-4061, POSITION_MODE",
    "-2015, KEY_REFUSED",
    "-1121, INSTRUMENT_UNKNOWN",
    "-5022, EXCHANGE_REJECTED"
  })
  void shouldEndWhatTheExchangeRefuses(int code, ReasonCode reason) {
    // given
    twin.faults().next("POST", ORDER, RestFault.refusal(400, code, "words"), 1);

    // then
    assertThat(exchange.execute(order(OrderSide.BUY, "0.010", false, PLAN)))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.code()).isEqualTo(reason);
              assertThat(rejected.message()).isEqualTo("words");
            });
  }

  @Test
  void shouldFindAClosePointlessOnlyWhereThePositionIsFlat() {
    // given
    OrderOutcome flat = exchange.execute(order(OrderSide.SELL, "0.010", true, PLAN));
    Accepted bought = buy("0.010", OTHER_PLAN);
    twin.faults().next("POST", ORDER, RestFault.refusal(400, -2022, "ReduceOnly"), 2);

    // when
    OrderOutcome open = exchange.execute(order(OrderSide.SELL, "0.010", true, PLAN));

    // then
    assertThat(bought.state()).isEqualTo(State.FILLED);
    assertThat(((Rejected) flat).code()).isEqualTo(ReasonCode.POSITION_FLAT);
    assertThat(((Rejected) open).code()).isEqualTo(ReasonCode.REDUCE_ONLY_TAKEN);
  }

  @Test
  @Tag("assumes-receive-window")
  void shouldSignAnewWhereTheClockIsOff() {
    // given
    twin.faults().clockOffsetMs(-5_000);
    buy("0.010", PLAN);

    // when: it jumps while the adapter knows the old offset
    twin.faults().clockOffsetMs(20_000);
    Accepted order = buy("0.010", OTHER_PLAN);

    // then
    assertThat(order.state()).isEqualTo(State.FILLED);
    assertThat(twin.state().orders(MAIN)).hasSize(2);
  }

  @Test
  @Tag("assumes-exits-under-429")
  void shouldHoldEntriesButNotExitsWhileTheExchangeSaysTooMany() {
    // given
    buy("0.010", PLAN);
    twin.faults().next("POST", ORDER, RestFault.limited(429, 30), 1);

    // when
    OrderOutcome first = exchange.execute(order(OrderSide.BUY, "0.010", false, OTHER_PLAN));
    OrderOutcome entry = exchange.execute(order(OrderSide.BUY, "0.010", false, OTHER_PLAN));
    int sent = twin.state().orders(MAIN).size();
    OrderOutcome exit =
        exchange.execute(order(OrderSide.SELL, "0.010", true, "qs-aaaaaaaaaaaaaaaa"));

    // then
    assertThat(first).isInstanceOf(Unresolved.class);
    assertThat(entry).isInstanceOf(Unresolved.class);
    assertThat(sent).isEqualTo(1);
    assertThat(exit).isInstanceOf(Accepted.class);
    assertThat(twin.state().amount(MAIN, BTC)).isZero();
  }

  @Test
  void shouldSetTheLeverageOrSayWhyNot() {
    assertThat(exchange.setLeverage(MAIN, BTC, 7, now())).isInstanceOf(Acknowledgement.Done.class);
    assertThat(exchange.setLeverage(MAIN, BTC, 500, now()))
        .isInstanceOfSatisfying(
            Acknowledgement.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ReasonCode.LEVERAGE_OUT_OF_RANGE));
    buy("0.010", PLAN);
    assertThat(position().getLeverage()).isEqualTo(7);
  }

  @Test
  void shouldFindAStopByItsIdWhateverBecameOfIt() {
    // given
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.TRAILING_STOP));
    OrderOutcome resting = exchange.query(MAIN, BTC, PLAN + "-s", now());

    // when
    twin.price(BTC, new BigDecimal("58900"));
    OrderOutcome triggered = exchange.query(MAIN, BTC, PLAN + "-s", now());

    // then
    assertThat(((Accepted) resting).state()).isEqualTo(State.OPEN);
    assertThat(((Accepted) triggered).state()).isEqualTo(State.FILLED);
    assertThat(((Accepted) triggered).filledQuantity()).isEqualByComparingTo("0.010");
  }

  @Test
  void shouldCallAStopThatWasCancelledOver() {
    // given
    buy("0.010", PLAN);
    protect(stop("59000", PLAN, ExitTrigger.STOP_HIT));

    // when
    Acknowledgement cancelled = exchange.cancelProtection(MAIN, BTC, now());

    // then
    assertThat(cancelled).isInstanceOf(Acknowledgement.Done.class);
    assertThat(((Accepted) exchange.query(MAIN, BTC, PLAN + "-s", now())).state())
        .isEqualTo(State.EXPIRED);
  }
}
