package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.Positions;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exchange against the ledger, and the stops that a position should have. */
final class AccountSyncTest extends DeskTestBase {

  private static final Refused REFUSED =
      new Refused(ReasonCode.EXCHANGE_REJECTED, List.of(), "Order would immediately trigger.");

  private long laterMs = NOW;

  /** Opens two coins on the exchange, with a stop at 1900 and a target at 2300. */
  private void open2() {
    take(
        ApplyPlan.newBuilder(entry())
            .setStopPrice(new BigDecimal("1900"))
            .setTargetPrice(new BigDecimal("2300"))
            .build());
  }

  private static PositionLedger.Builder booked(String quantity) {
    return Positions.row("main", ETH, PositionSide.LONG, quantity)
        .setStopPrice(new BigDecimal("1900"))
        .setTargetPrice(new BigDecimal("2300"));
  }

  private void later() {
    laterMs += AccountSync.LOOK_MS;
    tick(laterMs);
  }

  private List<PositionHold> holds() {
    return accounts.getLast().getHolds();
  }

  private List<String> protective() {
    return exchange.protection("main", ETH).stream()
        .map(each -> each.kind() + " " + each.triggerPrice().stripTrailingZeros().toPlainString())
        .toList();
  }

  private List<String> calls(String name) {
    return exchange.calls().stream().filter(call -> call.startsWith(name)).toList();
  }

  @Test
  void shouldHoldEntriesWhereTheLedgerHasAnotherPosition() {
    // given: one of two coins is booked
    open2();
    ledger.set(booked("1").build());

    // when
    later();
    List<PositionHold> young = holds();
    later();

    // then
    assertThat(young).isEmpty();
    assertThat(holds())
        .singleElement()
        .satisfies(
            hold -> {
              assertThat(hold.getLedgerQuantity()).isEqualByComparingTo("1");
              assertThat(hold.getExchangeQuantity()).isEqualByComparingTo("2");
              assertThat(hold.getSinceMs()).isEqualTo(NOW + 10_000);
            });
    assertThat(calls("execute")).as("no order repairs a number").hasSize(1);
  }

  @Test
  void shouldLetGoOnceTheyAgree() {
    // given
    open2();
    ledger.set(booked("1").build());
    later();
    later();

    // when
    ledger.set(booked("2").build());
    later();

    // then
    assertThat(holds()).isEmpty();
  }

  @Test
  void shouldGoOnHoldingAfterARestart() {
    // given
    open2();
    ledger.set(booked("1").build());
    later();
    later();
    ExchangeAccount published = accounts.getLast();

    // when
    desk = takenUp(new PartitionHistory(laterMs, Map.of("main", published), results, Map.of()));
    accounts.clear();
    laterMs += AccountSync.AGE_MS;
    tick(laterMs);

    // then
    assertThat(holds()).isEqualTo(published.getHolds());
  }

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
    assertThat(exchange.protection("main", ETH))
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
  void shouldAskOnceForManyChangesInAMoment() {
    // given: as many changes as may be asked about in a minute
    for (int number = 10; number < 10 + AccountSync.CHANGES_PER_MINUTE; number++) {
      take(Plans.entry(number, ETH, OrderSide.BUY, "0.1"));
    }
    int before = accounts.size();

    // when
    take(Plans.entry(98, ETH, OrderSide.BUY, "0.1"));
    take(Plans.entry(99, ETH, OrderSide.BUY, "0.1"));
    int within = accounts.size();
    tick(NOW + AccountSync.AGAIN_MS);

    // then
    assertThat(within).isEqualTo(before);
    assertThat(accounts).hasSize(before + 1);
    assertThat(accounts.getLast().getPositions().getFirst().getQuantity())
        .isEqualByComparingTo("1.2");
  }

  @Test
  void shouldTellTheExchangeThatItIsThereOnlyWhereThatIsWanted() {
    // given
    open2();
    later();
    int quiet = calls("dead man").size();
    settings = MockClients.settings().deadMan(Duration.ofSeconds(60));
    desk = takenUp(PartitionHistory.NONE);

    // when: told each 20 s while something is open, and taken back afterwards
    later();
    later();
    later();
    var unused =
        exchange
            .paper()
            .execute(
                new MarketOrder(
                    "main", ETH, OrderSide.SELL, new BigDecimal("2"), true, "hand", laterMs));
    later();
    later();

    // then
    assertThat(quiet).isZero();
    assertThat(calls("dead man"))
        .containsExactly("dead man ETHUSDT 60", "dead man ETHUSDT 60", "dead man ETHUSDT 0");
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

  @ParameterizedTest
  @CsvSource({"true, 0, 1", "false, 0, 0", "true, 1, 0"})
  void shouldAdoptOnceWhatTheLedgerKnowsNothingOf(boolean adopts, String booked, int adopted) {
    // given: two coins on the exchange
    settings = MockClients.settings().adopts(adopts);
    desk = takenUp(PartitionHistory.NONE);
    open2();
    PositionSide side = booked.equals("0") ? PositionSide.FLAT : PositionSide.LONG;
    ledger.set(Positions.row("main", ETH, side, booked).build());
    results.clear();

    // when
    for (int looks = 0; looks < 12; looks++) {
      later();
    }

    // then
    assertThat(results)
        .hasSize(adopted)
        .allSatisfy(
            result -> {
              assertThat(result.getOrigin()).isEqualTo(ResultOrigin.ADOPTED);
              assertThat(result.getSide()).isEqualTo(OrderSide.BUY);
              assertThat(result.getFill().getQuantity()).isEqualByComparingTo("2");
              assertThat(result.getFill().getPrice()).isEqualByComparingTo("2000.5");
            });
    assertThat(calls("execute")).hasSize(1);
  }
}
