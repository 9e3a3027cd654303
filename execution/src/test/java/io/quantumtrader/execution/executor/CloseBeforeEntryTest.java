package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A close that is told before the entry which it closes can be booked. */
final class CloseBeforeEntryTest extends OpenPositionBase {

  /** An entry of two coins of which the exchange tells so many trades at first. */
  private void openUnread(Fill... told) {
    Accepted answer = new Accepted("7", State.OPEN, List.of(told), new BigDecimal("2"));
    exchange.answer(answer, answer);
    open2();
    laterMs += AccountSync.AGAIN_MS;
    tick(laterMs);
    assertThat(protective()).containsExactly("STOP 1900", "TARGET 2300");
  }

  /** The stop that was placed for what the exchange has closes all of it. */
  private UnplannedFill stoppedOut() {
    ProtectiveOrder stop = exchange.protection("main", ETH).orElseThrow().getFirst();
    Accepted done =
        (Accepted)
            exchange
                .paper()
                .execute(
                    new MarketOrder(
                        "main", ETH, OrderSide.SELL, new BigDecimal("2"), true, "s", laterMs));
    UnplannedFill fill = UnplannedFill.of(stop, done.orderId(), fill("ETHUSDT:9", "2", laterMs), 1);
    exchange.happened(fill);
    return fill;
  }

  private static Fill fill(String id, String quantity, long atMs) {
    return new Fill(
        id, new BigDecimal(quantity), new BigDecimal("1900"), BigDecimal.ZERO, atMs, "", null);
  }

  private static UnplannedFill byHand(String id, OrderSide side, String quantity, long atMs) {
    return new UnplannedFill(
        "main",
        ETH,
        ResultOrigin.FOREIGN,
        side,
        false,
        ExitTrigger.NONE,
        "web",
        "8",
        fill(id, quantity, atMs),
        1);
  }

  private int held() {
    return desk.troubles().get(ExecutorTrouble.CLOSE_HELD);
  }

  private List<ResultOrigin> filled() {
    return results.stream()
        .filter(result -> result.getFill() != null)
        .map(ApplyResult::getOrigin)
        .toList();
  }

  @Test
  void shouldTellTheStopOfAnEntryOnlyAfterTheEntry() {
    // given
    openUnread();
    stoppedOut();

    // when
    report();
    report();

    // then: what is left of its protection is cleared all the same
    assertThat(filled()).isEmpty();
    assertThat(held()).isEqualTo(1);
    assertThat(calls("clear")).containsExactly("clear " + ETH);

    // when: the trades can be read
    laterMs += 10_000;
    tick(laterMs);
    report();
    report();

    // then
    assertThat(filled()).containsExactly(ResultOrigin.PLAN, ResultOrigin.STOP);
    assertThat(results.getLast().getResultId()).isEqualTo("ETHUSDT:9");
    assertThat(held()).isZero();
    assertThat(exchange.protection("main", ETH).orElseThrow()).isEmpty();
    assertThat(results).extracting(ApplyResult::getResultId).doesNotHaveDuplicates();
  }

  @Test
  void shouldTellAStopOnlyAfterAnEntryOfWhichAPartIsBooked() {
    // given: one coin of two is booked
    openUnread(fill("ETHUSDT:1", "1", NOW));
    ledger.set(booked("1").setLastFillId("ETHUSDT:1").build());
    stoppedOut();

    // when
    report();

    // then
    assertThat(filled()).containsExactly(ResultOrigin.PLAN);
    assertThat(held()).isEqualTo(1);
  }

  @Test
  void shouldHoldItBackAgainAfterARestart() {
    // given: the link tells what has no result once more
    openUnread();
    UnplannedFill stop = stoppedOut();
    report();
    exchange.receiveWindowMs(16_000);
    ApplyPlan plan = protectedEntry();
    desk =
        takenUp(new PartitionHistory(laterMs, Map.of(), results, Map.of(plan.getPlanId(), plan)));
    exchange.happened(stop);

    // when: the exchange was not asked about the entry yet
    tick(laterMs);
    report();
    List<ResultOrigin> early = filled();
    tick(laterMs + 40_000);
    report();

    // then
    assertThat(early).isEmpty();
    assertThat(filled()).containsExactly(ResultOrigin.PLAN, ResultOrigin.STOP);
  }

  private static ApplyPlan protectedEntry() {
    return ApplyPlan.newBuilder(entry())
        .setStopPrice(new BigDecimal("1900"))
        .setTargetPrice(new BigDecimal("2300"))
        .build();
  }

  @Test
  void shouldTellClosesInTheOrderOfTheirTimes() {
    // given
    openUnread();
    exchange.happened(byHand("ETHUSDT:6", OrderSide.SELL, "0.5", laterMs + 2));
    report();
    exchange.happened(byHand("ETHUSDT:5", OrderSide.SELL, "0.5", laterMs + 1));
    report();

    // when
    tick(laterMs + 10_000);
    report();

    // then
    assertThat(results)
        .filteredOn(each -> each.getOrigin() == ResultOrigin.FOREIGN)
        .extracting(ApplyResult::getResultId)
        .containsExactly("ETHUSDT:5", "ETHUSDT:6");
  }

  @Test
  void shouldTellAtOnceWhatDoesNotCloseTheEntry() {
    // given
    openUnread();

    // when
    exchange.happened(byHand("ETHUSDT:5", OrderSide.BUY, "3", laterMs));
    report();

    // then
    assertThat(filled()).containsExactly(ResultOrigin.FOREIGN);
    assertThat(held()).isZero();
  }

  @Test
  void shouldTellAtOnceWhereTheEntryIsBookedAndOnlyItsStopIsOwed() {
    // given
    exchange.answerProtection(new Unresolved("no answer"));
    open2();

    // when
    exchange.happened(byHand("ETHUSDT:5", OrderSide.SELL, "2", laterMs));
    report();

    // then
    assertThat(filled()).containsExactly(ResultOrigin.PLAN, ResultOrigin.FOREIGN);
  }

  @Test
  void shouldTellACloseOfWhatTheLedgerHasWhileNothingIsKnownOfAnEntry() {
    // given: three coins by hand, all booked, and an entry that is not answered
    exchange.happened(byHand("ETHUSDT:4", OrderSide.BUY, "3", laterMs));
    report();
    ledger.set(booked("3").setLastFillId("ETHUSDT:4").build());
    exchange.receiveWindowMs(16_000);
    exchange.loseOrders(1);
    open2();

    // when
    exchange.happened(byHand("ETHUSDT:5", OrderSide.SELL, "2", laterMs));
    exchange.happened(byHand("ETHUSDT:6", OrderSide.SELL, "2", laterMs));
    report();

    // then: of the second, half would close what the ledger does not have
    assertThat(results.getLast().getResultId()).isEqualTo("ETHUSDT:5");
    assertThat(held()).isEqualTo(1);
  }

  @Test
  void shouldTellWhatWaitedForAnEntryThatWasNeverMade() {
    // given
    exchange.receiveWindowMs(16_000);
    exchange.loseOrders(1);
    open2();
    exchange.happened(byHand("ETHUSDT:5", OrderSide.SELL, "2", laterMs));
    report();
    int held = held();

    // when: it is refused now
    exchange.answer(new OrderOutcome.Rejected(ReasonCode.MARGIN_INSUFFICIENT, List.of(), "no"));
    tick(laterMs + 20_000);
    report();

    // then
    assertThat(held).isEqualTo(1);
    assertThat(filled()).containsExactly(ResultOrigin.FOREIGN);
  }

  @Test
  void shouldNotHoldBackForEver() {
    // given
    openUnread();
    long atMs = stoppedOut().fill().getAtMs();
    report();
    for (int i = 0; i < 3; i++) {
      exchange.answer(new Accepted("7", State.OPEN, List.of(), new BigDecimal("2")));
    }

    // when
    tick(atMs + HeldCloses.AT_MOST_MS - 1);
    report();
    int before = held();
    tick(atMs + HeldCloses.AT_MOST_MS);
    report();

    // then
    assertThat(before).isEqualTo(1);
    assertThat(held()).isZero();
    assertThat(filled()).containsExactly(ResultOrigin.STOP);
  }

  @Test
  void shouldNotHoldBackMoreThanSoMany() {
    // given
    openUnread();
    for (int i = 0; i <= HeldCloses.AT_MOST; i++) {
      exchange.happened(byHand("ETHUSDT:" + (10 + i), OrderSide.SELL, "0.001", laterMs + i));
    }

    // when
    report();

    // then: the oldest is told
    assertThat(held()).isEqualTo(HeldCloses.AT_MOST);
    assertThat(results.getLast().getResultId()).isEqualTo("ETHUSDT:10");
  }

  @Test
  void shouldNotTakeAnOrderOfWhichTradesAreMissingForOneThatExpired() {
    // given: it has ended, and no trade of it can be read
    exchange.answer(new Accepted("7", State.FILLED, List.of(), new BigDecimal("2")));

    // when
    open2();

    // then
    assertThat(outcomes()).containsExactly(ResultOutcome.SUBMITTING);
    tick(laterMs + 5_000);
    assertOneFinal(ResultOutcome.FILLED);
  }

  @Test
  void shouldKnowNothingOfAnEntryThatWaitsForAPerson() {
    // given
    settings = MockClients.settings().mode(ExecutorMode.APPROVE);
    desk = takenUp(PartitionHistory.NONE);
    tick(NOW);
    take(Plans.entry(1, ETH, OrderSide.BUY, "2"));

    // when
    exchange.happened(byHand("ETHUSDT:5", OrderSide.SELL, "2", laterMs));
    report();

    // then
    assertThat(filled()).containsExactly(ResultOrigin.FOREIGN);
  }
}
