package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The protection of an entry that was executed and whose trades cannot be read. */
final class UnreadEntryStopTest extends OpenPositionBase {

  /** An entry of two coins of which the exchange says that they were executed, and no more. */
  private void openUnread(OrderOutcome.State state) {
    exchange.answer(new Accepted("7", state, List.of(), new BigDecimal("2")));
    exchange.answer(new Accepted("7", state, List.of(), new BigDecimal("2")));
    open2();
  }

  @Test
  void shouldProtectAnEntryWhoseTradesCannotBeRead() {
    // given
    openUnread(OrderOutcome.State.OPEN);
    boolean bare = protective().isEmpty();

    // when
    laterMs += AccountSync.AGAIN_MS;
    tick(laterMs);

    // then: by what the exchange says of the position, and the fills are said to be missing
    assertThat(bare).isTrue();
    assertThat(protective()).containsExactly("STOP 1900", "TARGET 2300");
    assertThat(calls("protect"))
        .containsExactly("protect " + order() + "-s", "protect " + order() + "-t");
    assertThat(outcomes()).containsExactly(ResultOutcome.SUBMITTING, ResultOutcome.UNRESOLVED);
    assertThat(results.getLast().getMessage())
        .isEqualTo("the exchange executed 2, and the trades that can be read tell of 0");

    // when: they can be read
    tick(laterMs + 5_000);

    // then: the plan finds its stop in place
    assertOneFinal(ResultOutcome.FILLED);
    assertThat(protective()).containsExactly("STOP 1900", "TARGET 2300");
  }

  @Test
  void shouldProtectNoPositionOnTheOtherSideThanAnEntryWhoseTradesCannotBeRead() {
    // given: by hand
    openUnread(OrderOutcome.State.OPEN);
    var unused =
        exchange
            .paper()
            .execute(
                new MarketOrder(
                    "main", ETH, OrderSide.SELL, new BigDecimal("3"), false, "hand", NOW));

    // when
    laterMs += AccountSync.AGAIN_MS;
    tick(laterMs);

    // then
    assertThat(accounts.getLast().getPositions())
        .singleElement()
        .matches(position -> position.getSide() == PositionSide.SHORT);
    assertThat(calls("protect")).isEmpty();
  }

  @Test
  void shouldCloseAPositionWhoseTradesCannotBeReadAndWhoseStopIsRefused() {
    // given
    openUnread(OrderOutcome.State.OPEN);
    exchange.answerProtection(REFUSED);

    // when
    laterMs += AccountSync.AGAIN_MS;
    tick(laterMs);

    // then
    assertThat(calls("execute").getLast()).matches("execute qs-[0-9a-f]{16}-x");
    assertThat(exchange.account("main", NOW).orElseThrow().getPositions()).isEmpty();
  }

  /** Lets another executor take up an entry of which nothing but its results can be read. */
  private void takeUpWithoutThePlan(boolean closes) {
    exchange.answer(new Accepted("7", OrderOutcome.State.OPEN, List.of(), new BigDecimal("2")));
    open2();
    settings = MockClients.settings().closesUnprotected(closes);
    desk = takenUp(new PartitionHistory(NOW, Map.of(), results, Map.of()));
    exchange.answer(
        Collections.nCopies(
                20, new Accepted("7", OrderOutcome.State.OPEN, List.of(), new BigDecimal("2")))
            .toArray(OrderOutcome[]::new));
    later();
    later();
  }

  @Test
  void shouldCloseByPolicyWhereNeitherPlanNorTradesTellTheStop() {
    // given
    takeUpWithoutThePlan(true);
    List<String> before = calls("execute");
    int unknown = desk.troubles().get(ExecutorTrouble.STOP_UNKNOWN);

    // when: nothing can be read for half a minute
    exchange.forgetAnswers();
    laterMs += UnknownStops.PATIENCE_MS;
    exchange.answer(new Accepted("7", OrderOutcome.State.OPEN, List.of(), new BigDecimal("2")));
    tick(laterMs);

    // then: it is closed, and entries are held until it is booked
    assertThat(before).hasSize(1);
    assertThat(unknown).isEqualTo(1);
    assertThat(calls("protect")).isEmpty();
    assertThat(calls("execute").getLast()).matches("execute qs-[0-9a-f]{16}-x");
    assertThat(exchange.account("main", NOW).orElseThrow().getPositions()).isEmpty();
    later();
    assertThat(desk.troubles()).containsEntry(ExecutorTrouble.STOP_UNKNOWN, 0);
  }

  @Test
  void shouldHoldEntriesAndSayThatThereIsNoStopWhereItIsNotToClose() {
    // given
    takeUpWithoutThePlan(false);

    // when
    laterMs += 2 * UnknownStops.PATIENCE_MS;
    tick(laterMs);

    // then
    assertThat(calls("execute")).hasSize(1);
    assertThat(holds()).singleElement().matches(hold -> hold.getSymbol().equals(ETH));
    assertThat(accounts.getLast().getPositions().getFirst().getStopPrice()).isNull();
    assertThat(desk.troubles()).containsEntry(ExecutorTrouble.STOP_UNKNOWN, 1);
  }

  @Test
  void shouldPlaceTheStopWhereThePlanComesAfterAll() {
    // given
    takeUpWithoutThePlan(true);

    // when
    open2();
    later();

    // then
    assertThat(protective()).containsExactly("STOP 1900", "TARGET 2300");
    assertThat(calls("execute")).hasSize(1);
    assertThat(desk.troubles()).containsEntry(ExecutorTrouble.STOP_UNKNOWN, 0);
  }
}
