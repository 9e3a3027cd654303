package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the desk takes plans to the exchange and tells of it. */
class PartitionExecutorTest extends DeskTestBase {

  @Test
  void shouldAnnounceThenTellTheFill() {
    // when
    take(entry());

    // then
    assertThat(outcomes()).containsExactly(ResultOutcome.SUBMITTING, ResultOutcome.FILLED);
    assertOneFinal(ResultOutcome.FILLED);
    assertThat(accounts.getLast().getPositions()).hasSize(1);
    assertThat(accounts.getLast().getLastFillId())
        .isEqualTo(results.getLast().getFill().getFillId());
  }

  @Test
  void shouldTakeAPlanIdOnce() {
    // given
    take(entry());

    // when
    take(entry());

    // then
    assertThat(exchange.calls()).containsExactly("execute " + order());
    assertOneFinal(ResultOutcome.FILLED);
  }

  @ParameterizedTest(name = "{0} ms later: sent {1} times")
  @CsvSource({"86400000, 1", "86400001, 2"})
  void shouldRememberAPlanIdForADay(long laterMs, int times) {
    // given
    take(entry());

    // when
    tick(NOW + laterMs);
    ApplyPlan.Builder again = ApplyPlan.newBuilder(entry());
    again.getPermit().put("expiresAtMs", Long.MAX_VALUE);
    take(again.build());

    // then
    assertThat(exchange.calls()).hasSize(times);
  }

  @Test
  void shouldAskAgainUntilTheExchangeAnswers() {
    // given
    exchange.loseAnswers(3);

    // when: the answer to the order is lost, and those to the first two questions
    take(entry());
    tick(NOW + 999);
    tick(NOW + 1_000);
    tick(NOW + 2_999);
    tick(NOW + 3_000);
    tick(NOW + 6_999);
    assertThat(outcomes()).containsExactly(ResultOutcome.SUBMITTING, ResultOutcome.UNRESOLVED);
    tick(NOW + 7_000);

    // then
    assertThat(exchange.calls())
        .containsExactly(
            "execute " + order(), "query " + order(), "query " + order(), "query " + order());
    assertOneFinal(ResultOutcome.FILLED);
    assertThat(results.get(1).getCode()).isEqualTo("EXCHANGE_UNRESOLVED");
    tick(NOW + 1_000_000);
    assertThat(exchange.calls()).hasSize(4);
  }

  @Test
  void shouldSendAgainWhatNeverArrived() {
    // given
    exchange.loseOrders(1);
    take(entry());

    // when
    tick(NOW + 1_000);

    // then
    assertThat(exchange.calls())
        .containsExactly("execute " + order(), "query " + order(), "execute " + order());
    assertOneFinal(ResultOutcome.FILLED);
    assertThat(results.getLast().getFill().getAtMs()).isEqualTo(NOW + 1_000);
  }

  @Test
  void shouldWaitForTheReceiveWindowBeforeItTakesUnknownForAnAnswer() {
    // given
    exchange.receiveWindowMs(5_000);
    exchange.loseOrders(1);
    take(entry());

    // when
    tick(NOW + 4_999);
    List<String> early = exchange.calls();
    tick(NOW + 5_000);

    // then
    assertThat(early).containsExactly("execute " + order());
    assertThat(exchange.calls()).hasSize(3);
    assertOneFinal(ResultOutcome.FILLED);
  }

  @Test
  void shouldLapseWhatNeverArrivedAndHasNoPermitAnyMore() {
    // given
    exchange.loseOrders(1);
    take(entry());

    // when
    tick(Plans.EXPIRES_MS);

    // then
    assertThat(exchange.calls()).containsExactly("execute " + order(), "query " + order());
    assertOneFinal(ResultOutcome.LAPSED);
  }

  @Test
  void shouldRefuseWhatNeverArrivedAndIsForbiddenByNow() {
    // given
    exchange.loseOrders(1);
    take(entry());
    trading.set("main", TradingState.REDUCING);

    // when
    tick(NOW + 1_000);

    // then
    assertOneFinal(ResultOutcome.REJECTED);
    assertThat(results.getLast().getCode()).isEqualTo("EXECUTION_HALTED");
  }

  @Test
  void shouldTellEachFillOnceWhileAnOrderIsOpen() {
    // given
    Fill first =
        new Fill("f1", new BigDecimal("0.5"), BigDecimal.TEN, BigDecimal.ZERO, NOW, "", null);
    Fill second =
        new Fill("f2", new BigDecimal("1.5"), BigDecimal.TEN, BigDecimal.ZERO, NOW, "", null);
    exchange.answer(
        new Accepted("o", State.OPEN, List.of(first)),
        new Accepted("o", State.OPEN, List.of(first)),
        new Accepted("o", State.FILLED, List.of(first, second)));

    // when
    take(entry());
    tick(NOW + 1_000);
    tick(NOW + 3_000);

    // then
    assertThat(results)
        .extracting(ApplyResult::getOutcome, ApplyResult::getFinalResult, ApplyResult::getResultId)
        .containsExactly(
            tuple(ResultOutcome.SUBMITTING, false, Plans.id(1) + ":SUBMITTING"),
            tuple(ResultOutcome.PARTIALLY_FILLED, false, "f1"),
            tuple(ResultOutcome.FILLED, true, "f2"));
    assertThat(results.getLast().getFilledQuantity()).isEqualByComparingTo("2");
  }

  @Test
  void shouldTellSeveralFillsAtOnce() {
    // given
    Fill first =
        new Fill("f1", new BigDecimal("0.5"), BigDecimal.TEN, BigDecimal.ZERO, NOW, "", null);
    Fill second =
        new Fill("f2", new BigDecimal("1"), BigDecimal.TEN, BigDecimal.ZERO, NOW, "", null);
    exchange.answer(new Accepted("o", State.EXPIRED, List.of(first, second)));

    // when
    take(entry());

    // then
    assertThat(results)
        .extracting(ApplyResult::getOutcome, ApplyResult::getFinalResult, ApplyResult::getResultId)
        .containsExactly(
            tuple(ResultOutcome.SUBMITTING, false, Plans.id(1) + ":SUBMITTING"),
            tuple(ResultOutcome.PARTIALLY_FILLED, false, "f1"),
            tuple(ResultOutcome.PARTIALLY_FILLED, true, "f2"));
  }

  @Test
  void shouldEndAnOrderThatExpiresWithoutMore() {
    // given
    Fill first =
        new Fill("f1", new BigDecimal("0.5"), BigDecimal.TEN, BigDecimal.ZERO, NOW, "", null);
    exchange.answer(
        new Accepted("o", State.OPEN, List.of(first)),
        new Accepted("o", State.EXPIRED, List.of(first)));

    // when
    take(entry());
    tick(NOW + 1_000);

    // then
    assertOneFinal(ResultOutcome.PARTIALLY_FILLED);
    assertThat(results.getLast().getFill()).isNull();
    assertThat(results.getLast().getFilledQuantity()).isEqualByComparingTo("0.5");
  }

  @Test
  void shouldRejectAnOrderThatExpiresWithNothing() {
    // given
    exchange.answer(new Accepted("o", State.EXPIRED, List.of()));

    // when
    take(entry());

    // then
    assertOneFinal(ResultOutcome.REJECTED);
    assertThat(results.getLast().getCode()).isEqualTo("EXCHANGE_REJECTED");
  }

  @Test
  void shouldNeverCallAFilledOrderRejected() {
    // given
    Fill first =
        new Fill("f1", new BigDecimal("0.5"), BigDecimal.TEN, BigDecimal.ZERO, NOW, "", null);
    exchange.answer(
        new Accepted("o", State.OPEN, List.of(first)),
        new Rejected(ReasonCode.EXCHANGE_REJECTED, List.of(), "no"));

    // when
    take(entry());
    tick(NOW + 1_000);

    // then
    assertThat(outcomes())
        .containsExactly(
            ResultOutcome.SUBMITTING, ResultOutcome.PARTIALLY_FILLED, ResultOutcome.UNRESOLVED);
    assertThat(results).noneMatch(ApplyResult::getFinalResult);
  }

  @ParameterizedTest
  @CsvSource({
    "POSITION_FLAT, ALREADY_FLAT",
    "FILTER_STEP, REJECTED",
    "MARGIN_INSUFFICIENT, REJECTED",
  })
  void shouldTellWhyTheExchangeRefused(ReasonCode code, ResultOutcome outcome) {
    // given
    exchange.answer(new Rejected(code, List.of(), "its own words"));

    // when
    take(entry());

    // then
    assertOneFinal(outcome);
    assertThat(results.getLast().getCode()).isEqualTo(code.name());
    assertThat(results.getLast().getMessage()).isEqualTo("its own words");
  }

  @Test
  void shouldFindAPositionAlreadyFlat() {
    // when
    take(Plans.close(1, ETH, OrderSide.SELL, "2"));

    // then
    assertOneFinal(ResultOutcome.ALREADY_FLAT);
    assertThat(results.getLast().getCode()).isEqualTo("POSITION_FLAT");
  }

  @Test
  void shouldNotSendWhatMustNotBeSent() {
    // given
    tick(Plans.EXPIRES_MS);

    // when
    take(entry());

    // then
    assertThat(outcomes()).containsExactly(ResultOutcome.LAPSED);
    assertOneFinal(ResultOutcome.LAPSED);
    assertThat(exchange.calls()).isEmpty();
  }

  @Test
  void shouldSayAnewWhatIsThirtySecondsOld() {
    // given: first said at 10 000
    assertThat(accounts).hasSize(1);

    // when
    tick(NOW + 29_999);
    int early = accounts.size();
    tick(NOW + 30_000);

    // then
    assertThat(early).isEqualTo(1);
    assertThat(accounts).extracting(ExchangeAccount::getAsOfMs).containsExactly(NOW, NOW + 30_000);
    tick(NOW + 59_999);
    assertThat(accounts).hasSize(2);
  }

  @Test
  void shouldPassOverAClockThatGoesBack() {
    // when
    tick(NOW - 1);

    // then
    assertThat(desk.nowMs()).isEqualTo(NOW);
  }
}
