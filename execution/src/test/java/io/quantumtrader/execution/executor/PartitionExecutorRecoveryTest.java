package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the desk goes on with what an earlier executor left. */
class PartitionExecutorRecoveryTest extends DeskTestBase {

  @Test
  void shouldGiveBackTheCashThatWasToldOfItsOwnAccountsAlone() {
    // given
    ExchangeIncome own =
        new ExchangeIncome(
            "TRANSFER:1", "main", "", IncomeKind.TRANSFER, "USDT", BigDecimal.ONE, 1L, NOW);
    ExchangeIncome other = ExchangeIncome.newBuilder(own).setAccount("second").build();

    // when
    desk =
        takenUp(
            new PartitionHistory(
                NOW, 0, Optional.empty(), Map.of(), List.of(), List.of(own, other), Map.of()));

    // then
    assertThat(exchange.restoredIncome()).containsExactly(own);
  }

  @Test
  void shouldAskAboutWhatAnEarlierExecutorAnnounced() {
    // given: announced, and sent, but nothing of it was committed
    exchange.receiveWindowMs(5_000);
    take(entry());
    List<ApplyResult> committed = List.of(results.getFirst());
    results.clear();

    // when: another executor takes up, and gets the plan again
    desk = takenUp(new PartitionHistory(NOW, Map.of(), committed, Map.of()));
    take(entry());
    tick(NOW + 4_999);
    assertThat(results).isEmpty();
    tick(NOW + 5_000);

    // then
    assertThat(exchange.calls()).containsExactly("execute " + order(), "query " + order());
    assertOneFinal(ResultOutcome.FILLED);
  }

  @Test
  void shouldSendWhatAnEarlierExecutorOnlyAnnounced() {
    // given
    exchange.loseOrders(1);
    take(entry());
    List<ApplyResult> committed = List.of(results.getFirst());
    results.clear();

    // when
    desk = takenUp(new PartitionHistory(NOW, Map.of(), committed, Map.of()));
    take(entry());

    // then
    assertThat(exchange.calls())
        .containsExactly("execute " + order(), "query " + order(), "execute " + order());
    assertOneFinal(ResultOutcome.FILLED);
  }

  @Test
  void shouldNotSendWhatAnEarlierExecutorMayHaveSentAgain() {
    // given: announced at NOW and lost; sent again after the window, which nothing tells
    exchange.receiveWindowMs(5_000);
    exchange.loseOrders(1);
    take(entry());
    List<ApplyResult> committed = List.copyOf(results);
    results.clear();

    // when: another executor takes up when it may just have been sent
    desk = takenUp(new PartitionHistory(NOW + 6_000, Map.of(), committed, Map.of()));
    take(entry());
    tick(NOW + 10_999);
    assertThat(exchange.calls()).doesNotContainSequence("query " + order(), "execute " + order());
    tick(NOW + 13_000);

    // then: it asks at once, but sends only what can no longer arrive
    assertThat(exchange.calls()).contains("query " + order()).endsWith("execute " + order());
    assertOneFinal(ResultOutcome.FILLED);
  }

  @ParameterizedTest(name = "plan still to be had: {0}")
  @CsvSource({"true, FILLED", "false, LAPSED"})
  void shouldResolveWhatAnEarlierExecutorLeftUnresolved(boolean plan, ResultOutcome outcome) {
    // given: the order never arrived
    exchange.loseOrders(1);
    take(entry());
    List<ApplyResult> committed = List.copyOf(results);
    results.clear();
    Map<String, ApplyPlan> plans = plan ? Map.of(Plans.id(1), entry()) : Map.of();

    // when
    desk = takenUp(new PartitionHistory(NOW, Map.of(), committed, plans));
    tick(NOW + 1_000);

    // then
    assertOneFinal(outcome);
  }

  @Test
  void shouldNotTellTwiceWhatAnEarlierExecutorTold() {
    // given: a fill is told, its protection is not settled
    ApplyPlan plan = ApplyPlan.newBuilder(entry()).setStopPrice(new BigDecimal("1900")).build();
    exchange.loseProtectionAnswers(1);
    take(plan);
    List<ApplyResult> committed = List.copyOf(results);
    results.clear();

    // when
    exchange.silent(true);
    desk = takenUp(new PartitionHistory(NOW, Map.of(), committed, Map.of(Plans.id(1), plan)));
    tick(NOW + 1_000);
    assertThat(results).isEmpty();
    exchange.silent(false);
    tick(NOW + 5_000);

    // then
    assertThat(outcomes()).containsExactly(ResultOutcome.FILLED);
    assertOneFinal(ResultOutcome.FILLED);
    assertThat(results.getFirst().getFill()).isNull();
    assertThat(results.getFirst().getFilledQuantity()).isEqualByComparingTo("2");
  }

  @Test
  void shouldNotTakeBackAStopThatWasMovedAfterAnEarlierExecutorToldOfTheFill() {
    // given: a fill is told, its protection is not settled; then the stop is moved
    ApplyPlan plan = ApplyPlan.newBuilder(entry()).setStopPrice(new BigDecimal("1900")).build();
    exchange.loseProtectionAnswers(1);
    take(plan);
    assertThat(
            exchange
                .paper()
                .protect(
                    new ProtectiveOrder(
                        "main", ETH, OrderSide.SELL, Kind.STOP, new BigDecimal("1950"), "m", NOW)))
        .isInstanceOf(Acknowledgement.Done.class);
    List<ApplyResult> committed = List.copyOf(results);
    results.clear();

    // when: another executor asks for the first time
    desk = takenUp(new PartitionHistory(NOW, Map.of(), committed, Map.of(Plans.id(1), plan)));
    tick(NOW + 1_000);

    // then
    assertOneFinal(ResultOutcome.FILLED);
    assertThat(exchange.protection("main", ETH).orElseThrow())
        .singleElement()
        .satisfies(stop -> assertThat(stop.triggerPrice()).isEqualByComparingTo("1950"));
  }

  @Test
  void shouldKnowWhatAnEarlierExecutorAnswered() {
    // given
    take(entry());

    // when
    desk = takenUp(new PartitionHistory(NOW, Map.of(), List.copyOf(results), Map.of()));
    take(entry());

    // then
    assertThat(exchange.calls()).hasSize(1);
    assertOneFinal(ResultOutcome.FILLED);
  }
}
