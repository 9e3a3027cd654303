package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.Positions;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stops and targets that a position should have. */
final class StopKeeperTest extends OpenPositionBase {

  @Test
  void shouldPlaceAgainWhatIsMissing() {
    // given
    open2();
    ledger.set(booked("2").build());
    exchange.paper().cancelProtection("main", ETH, NOW);

    // when
    later();

    // then
    assertThat(protective()).containsExactly("STOP 1900", "TARGET 2300");
    assertThat(accounts.getLast().getPositions().getFirst().getStopPrice())
        .isEqualByComparingTo("1900");
    assertThat(exchange.protection("main", ETH).orElseThrow())
        .extracting(ProtectiveOrder::trigger)
        .containsExactly(ExitTrigger.STOP_HIT, ExitTrigger.TARGET_HIT);
  }

  @Test
  void shouldPlaceTheStopWhereItWasMovedTo() {
    // given
    open2();
    ledger.set(booked("2").setStopPrice(new BigDecimal("1950")).setTargetPrice(null).build());
    exchange.paper().cancelProtection("main", ETH, NOW);

    // when
    later();

    // then
    assertThat(protective()).containsExactly("STOP 1950");
  }

  @Test
  void shouldAskAgainWhereTheExchangeDoesNotAnswer() {
    // given
    open2();
    ledger.set(booked("2").build());
    exchange.paper().cancelProtection("main", ETH, NOW);
    exchange.answerProtection(new Unresolved("no answer"), new Unresolved("no answer"));

    // when
    later();
    List<String> before = protective();
    later();

    // then
    assertThat(before).isEmpty();
    assertThat(protective()).containsExactly("STOP 1900", "TARGET 2300");
    assertThat(calls("execute")).hasSize(1);
  }

  @Test
  void shouldCloseAPositionWhoseStopIsRefused() {
    // given
    open2();
    ledger.set(booked("2").build());
    exchange.paper().cancelProtection("main", ETH, NOW);
    exchange.answerProtection(REFUSED);

    // when
    later();

    // then
    assertThat(calls("execute")).hasSize(2);
    assertThat(calls("execute").getLast()).matches("execute qs-[0-9a-f]{16}-x");
    assertThat(calls("protect")).as("stop, target, and the stop again").hasSize(3);
    assertThat(accounts.getLast().getPositions()).isEmpty();
  }

  @Test
  void shouldCloseAtOnceInPartsWhatIsMoreThanOneOrder() {
    // given: the exchange takes 0.75 in one order
    exchange
        .paper()
        .list(
            Instrument.newBuilder(exchange.instrument(ETH).orElseThrow())
                .setMaxMarketQuantity(new BigDecimal("0.75"))
                .build());
    open2();
    ledger.set(booked("2").build());
    exchange.paper().cancelProtection("main", ETH, NOW);
    exchange.answerProtection(REFUSED);

    // when
    later();

    // then
    assertThat(accounts.getLast().getPositions()).isEmpty();
    assertThat(calls("execute").subList(1, 4))
        .allMatch(call -> call.matches("execute qs-[0-9a-f]{16}-x"))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldCloseNoMoreThanTheLedgerHas() {
    // given: the rest of it is not explained yet
    open2();
    ledger.set(booked("1.5").build());
    exchange.paper().cancelProtection("main", ETH, NOW);
    exchange.answerProtection(REFUSED);

    // when
    later();

    // then
    assertThat(accounts.getLast().getPositions())
        .singleElement()
        .matches(left -> left.getQuantity().compareTo(new BigDecimal("0.5")) == 0);
  }

  @Test
  void shouldFinishWhatWasCutShortWhereSomethingIsOpenAndNoPlanIsUnderWay() {
    // given
    loseAMovedStop();

    // when
    later();
    List<String> underWay = exchange.finished();
    later();
    later();

    // then
    assertThat(underWay).isEmpty();
    assertThat(exchange.finished()).containsExactly(ETH);
  }

  @Test
  void shouldNotCloseWhereAStopRestsThatSomebodyElsePlaced() {
    // given
    open2();
    ledger.set(booked("2").build());
    exchange.paper().cancelProtection("main", ETH, NOW);
    exchange.answerProtection(Refused.another(new BigDecimal("1850")));

    // when
    later();

    // then
    assertThat(calls("execute")).hasSize(1);
    assertThat(accounts.getLast().getPositions()).hasSize(1);
  }

  @Test
  void shouldCancelWhatIsLeftOfOneAccountThoughAnotherIsFlat() {
    // given: what the exchange says of two accounts in turn
    open2();
    ExchangeAccount open = exchange.account("main", NOW).orElseThrow();
    ExchangeAccount flat = ExchangeAccount.newBuilder(open).setPositions(List.of()).build();
    ExchangeAccount other = ExchangeAccount.newBuilder(flat).setAccount("second").build();
    StopKeeper keeper = new StopKeeper(exchange, true);

    // when
    Stream.of(open, other, flat)
        .forEach(account -> keeper.look(account, Map.of(), List.of(), Set.of(), NOW));

    // then: the exchange is asked whether it is gone; it is not, so that the stop stays
    assertThat(calls("clear")).containsExactly("clear " + ETH);
    assertThat(protective()).hasSize(2);
  }

  @Test
  void shouldNotCloseForATargetThatIsRefused() {
    // given
    open2();
    ledger.set(booked("2").setStopPrice(null).build());
    exchange.paper().cancelProtection("main", ETH, NOW);
    exchange.answerProtection(REFUSED);

    // when
    later();

    // then
    assertThat(calls("execute")).hasSize(1);
  }

  @Test
  void shouldLeaveItOpenWhereTheSettingsSaySo() {
    // given
    settings = MockClients.settings().closesUnprotected(false);
    desk = takenUp(PartitionHistory.NONE);
    tick(NOW);
    open2();
    ledger.set(booked("2").build());
    exchange.paper().cancelProtection("main", ETH, NOW);
    exchange.answerProtection(REFUSED);

    // when
    later();

    // then
    assertThat(calls("execute")).hasSize(1);
  }

  @Test
  void shouldDoNothingWhileItObserves() {
    // given
    open2();
    settings = MockClients.settings().mode(ExecutorMode.OBSERVE);
    desk = takenUp(PartitionHistory.NONE);
    ledger.set(booked("2").build());
    exchange.paper().cancelProtection("main", ETH, NOW);
    int before = exchange.calls().size();

    // when
    later();

    // then
    assertThat(exchange.calls()).hasSize(before);
  }

  private void loseAMovedStop() {
    open2();
    ledger.set(booked("2").build());
    exchange.loseProtectionAnswers(1);
    exchange.receiveWindowMs(60_000);
    take(
        Plans.plan(2, "main", ETH, OrderSide.SELL, PlanAction.UPDATE_SL, "2")
            .setStopPrice(new BigDecimal("1950"))
            .build());
    exchange.paper().cancelProtection("main", ETH, NOW);
  }

  @Test
  void shouldLeaveTheStopToAPlanThatMovesItForAWhile() {
    // given
    loseAMovedStop();

    // when
    later();
    later();
    List<String> within = protective();
    later();

    // then: after half a minute a position has a stop, whatever becomes of the plan
    assertThat(within).isEmpty();
    assertThat(protective()).containsExactly("STOP 1900", "TARGET 2300");
  }

  @Test
  void shouldNotLeaveAPositionBareBecauseACloseIsUnderWay() {
    // given: a close whose outcome is not known
    open2();
    ledger.set(booked("2").build());
    exchange.loseAnswers(1);
    exchange.receiveWindowMs(60_000);
    take(Plans.close(2, ETH, OrderSide.SELL, "1"));
    exchange.paper().cancelProtection("main", ETH, NOW);

    // when
    later();

    // then
    assertThat(protective()).containsExactly("STOP 1900", "TARGET 2300");
  }

  @Test
  void shouldProtectNoPositionThatIsNotInTheLedger() {
    // given
    open2();
    exchange.paper().cancelProtection("main", ETH, NOW);
    ledger.set(
        Positions.row("main", ETH, PositionSide.SHORT, "2").setStopPrice(BigDecimal.TEN).build());

    // when
    later();

    // then
    assertThat(protective()).isEmpty();
  }

  @Test
  void shouldNotTakeBackAStopWhereItIsNotKnownWhatRests() {
    // given: the answer to the entry's stop was lost, and a tighter one has come since
    exchange.loseProtectionAnswers(1);
    open2();
    assertThat(
            exchange
                .paper()
                .protect(
                    new ProtectiveOrder(
                        "main", ETH, OrderSide.SELL, Kind.STOP, new BigDecimal("1950"), "m", NOW)))
        .isInstanceOf(Acknowledgement.Done.class);
    exchange.silent(true);

    // when
    later();
    List<ApplyResult> silent = List.copyOf(results);
    exchange.silent(false);
    later();

    // then: the plan is over only once that is known
    assertThat(silent).noneMatch(ApplyResult::getFinalResult);
    assertThat(results).filteredOn(ApplyResult::getFinalResult).hasSize(1);
    assertThat(protective()).containsExactly("STOP 1950", "TARGET 2300");
  }

  @ParameterizedTest
  @CsvSource({"1950, 1950", "1900, 1900", "1850, 1900"})
  void shouldNotTakeBackAStopThatWasMovedWhileTheEntryIsFinished(String resting, String left) {
    // given: the answer to the entry's stop was lost, and another has come in its place since
    exchange.loseProtectionAnswers(1);
    open2();
    Acknowledgement moved =
        exchange
            .paper()
            .protect(
                new ProtectiveOrder(
                    "main", ETH, OrderSide.SELL, Kind.STOP, new BigDecimal(resting), "m", NOW));
    assertThat(moved).isInstanceOf(Acknowledgement.Done.class);

    // when
    later();

    // then
    assertThat(protective()).containsExactly("STOP " + left, "TARGET 2300");
  }
}
